/** Styles of the report page; no script, no font and no picture from elsewhere. */
export const reportStyle = `
:root{color-scheme:light dark;--ink:#1b2636;--faint:#5b6779;--line:#e3e8ef;--paper:#fff;--ground:#f4f6fa;--brand:#1f5fbf;--brand-2:#12908a;--soft:#eef4fd;--up:#b4371f;--down:#1a7f4b;--note:#fff8ec;--note-line:#f0d9ab}
@media (prefers-color-scheme:dark){:root{--ink:#e7edf6;--faint:#9aa8bc;--line:#2b3748;--paper:#151d29;--ground:#0d131c;--brand:#79aaf5;--brand-2:#4cc4ba;--soft:#1b2839;--up:#ff9a85;--down:#6fd3a0;--note:#2a2416;--note-line:#5a4a22}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.65 -apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1000px;margin:0 auto;padding:0 24px 64px}
header{background:linear-gradient(115deg,#143d7d,#1f5fbf 55%,#12908a);color:#fff;padding:40px 24px 92px}
header>div{max-width:952px;margin:0 auto}
.brand{font-size:13px;letter-spacing:.08em;opacity:.85}
h1{font-size:32px;line-height:1.25;margin:10px 0 6px;font-weight:650}
.goal{font-size:16px;opacity:.92;margin:0 0 16px;max-width:46em}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin:0;padding:0;list-style:none}
.chips li{border:1px solid rgba(255,255,255,.35);background:rgba(255,255,255,.12);border-radius:99px;padding:3px 12px;font-size:13px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:12px;margin-top:-62px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:14px 16px;box-shadow:0 6px 20px rgba(16,32,64,.07)}
.card b{display:block;font-size:24px;line-height:1.3;font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
.card span{color:var(--faint);font-size:13px}
.card i{font-style:normal;font-size:12.5px;color:var(--faint);white-space:nowrap}.card i+i{display:inline-block}
.up{color:var(--up)!important}.down{color:var(--down)!important}
section{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:24px 28px;margin-top:20px}
h2{font-size:20px;margin:0 0 2px;font-weight:650;display:flex;gap:10px;align-items:baseline}
h2 small{font-size:13px;color:var(--brand);font-weight:600;font-variant-numeric:tabular-nums}
.question{color:var(--faint);margin:0 0 14px}
figure{margin:10px 0 6px}
figure svg{width:100%;height:auto;display:block}
ol.conclusions{list-style:none;margin:14px 0 0;padding:0;display:grid;gap:10px;counter-reset:c}
ol.conclusions li{display:grid;grid-template-columns:30px 1fr;gap:0 12px;background:var(--soft);border-radius:10px;padding:12px 16px;counter-increment:c}
ol.conclusions li:before{content:counter(c);grid-row:span 2;width:26px;height:26px;border-radius:50%;background:var(--brand);color:var(--paper);display:grid;place-items:center;font-size:13px;font-weight:650;margin-top:1px}
ol.conclusions p{margin:0;grid-column:2}
.advice{color:var(--brand-2);font-size:.94em}
.findings{margin:10px 0 0;padding:0;list-style:none;display:grid;gap:8px}
.findings li{border-left:3px solid var(--brand);padding:2px 0 2px 12px}
.findings p{margin:0}
.scroll{overflow-x:auto;margin-top:14px}
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--faint);border-bottom:1.5px solid var(--line);padding:7px 10px;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:6px 10px;vertical-align:top}
tr:last-child td{border-bottom:0}
.n{text-align:right;white-space:nowrap}
td.t{min-width:6em}
details{margin-top:14px;font-size:13px;color:var(--faint)}
summary{cursor:pointer}
summary:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
details p{margin:4px 0 0}
.problem{background:var(--note);border:1px solid var(--note-line);border-radius:8px;padding:10px 14px;margin:8px 0 0}
.more{color:var(--faint);font-size:13px;margin:6px 0 0}
.two{display:grid;grid-template-columns:1fr 1fr;gap:8px 32px}
h3{font-size:14px;margin:6px 0 0;color:var(--faint);font-weight:600}
footer{color:var(--faint);font-size:12.5px;text-align:center;padding:24px}
@media (max-width:640px){main{padding:0 12px 40px}section{padding:18px 16px}h1{font-size:25px}.two{grid-template-columns:1fr}.card b{font-size:20px}}
@page{size:A4;margin:14mm 12mm 16mm}
@media print{:root{color-scheme:light;--ink:#1b2636;--faint:#5b6779;--line:#e3e8ef;--paper:#fff;--ground:#fff;--brand:#1f5fbf;--brand-2:#0d7d77;--soft:#eef4fd;--up:#b4371f;--down:#1a7f4b;--note:#fff8ec;--note-line:#f0d9ab}
body{font-size:12.5px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0}header{border-radius:12px;padding:26px 26px 70px}.cards{padding:0 14px;grid-template-columns:repeat(3,1fr);margin-top:-48px}.card{box-shadow:none}.card b{font-size:19px}
section{border:0;padding:8px 2px 0;margin-top:14px;border-radius:0}
h2{break-after:avoid;font-size:17px}.question{break-after:avoid}figure,ol.conclusions li,.findings li,tr,.card{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}summary{list-style:none}thead{display:table-header-group}table{font-size:11px}th,td{padding:4px 6px}.scroll{overflow:visible}}
`
