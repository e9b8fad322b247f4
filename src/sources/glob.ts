/**
 * A file pattern as a regular expression over paths with `/`: `*` and `?` within a name, `**` over folders,
 * `{csv,tsv}` either, everything else literal. Upper and lower case are one: `*.csv` finds `A.CSV`.
 */
export function globPattern(pattern: string): RegExp {
  let source = ''
  let depth = 0
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '*') {
      if (pattern[i + 1] === '*') {
        i++
        if (pattern[i + 1] === '/') {
          i++
          source += '(?:.*/)?'
        } else source += '.*'
      } else source += '[^/]*'
    } else if (c === '?') source += '[^/]'
    else if (c === '{' && pattern.indexOf('}', i) > 0) {
      depth++
      source += '(?:'
    } else if (c === '}' && depth) {
      depth--
      source += ')'
    } else if (c === ',' && depth) source += '|'
    else source += c.replace(/[.+^$()|[\]\\{}]/, '\\$&')
  }
  return new RegExp(`^${source}$`, 'iu')
}

export function isGlob(path: string): boolean {
  return /[*?]|\{[^}]*,[^}]*\}/.test(path)
}

/** The folder in front of the first part that holds a wildcard, and the rest. */
export function splitGlob(path: string): { base: string; pattern: string } {
  const parts = path.split('/')
  const first = parts.findIndex(isGlob)
  return {
    base: parts.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.'),
    pattern: parts.slice(first).join('/'),
  }
}

/**
 * Whether a path is meant by one of the patterns. A pattern without `/` looks at the name alone; in archives
 * (`a.zip!inner/x.csv`) the `!` counts as `/`.
 */
export function matchesAny(path: string, patterns: readonly string[]): boolean {
  const whole = path.replaceAll('!', '/')
  const name = whole.slice(whole.lastIndexOf('/') + 1)
  return patterns.some((p) =>
    globPattern(p.replaceAll('!', '/')).test(p.includes('/') || p.includes('!') ? whole : name),
  )
}
