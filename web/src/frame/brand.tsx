export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#17677f" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M7 7c1 7 9 6 9 13v5" />
        <path d="M25 7c-1 7-9 6-9 13" opacity=".8" />
        <path d="M16 6v8" opacity=".6" />
      </g>
    </svg>
  )
}
