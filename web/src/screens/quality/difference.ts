/** The changed middle of two texts, for marking: common head and tail are left alone. */
export function difference(
  before: string,
  after: string,
): { head: string; removed: string; added: string; tail: string } {
  const a = [...before]
  const b = [...after]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return {
    head: a.slice(0, head).join(''),
    removed: a.slice(head, a.length - tail).join(''),
    added: b.slice(head, b.length - tail).join(''),
    tail: a.slice(a.length - tail).join(''),
  }
}
