// Set language and colour mode before the first paint, so that nothing flashes. A file, not inline: the page's
// content security policy allows no inline scripts.
;(function () {
  try {
    var locale = localStorage.getItem('tributary.locale') || navigator.language || 'en'
    document.documentElement.lang = /^zh/i.test(locale) ? 'zh-CN' : 'en'
    var mode = localStorage.getItem('tributary.mode')
    var dark = mode ? mode === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    document.documentElement.dataset.mode = dark ? 'dark' : 'light'
  } catch (e) {
    document.documentElement.dataset.mode = 'light'
  }
})()
