/** A page of a list; `next` is an opaque cursor. */
export interface Page<T> {
  items: T[]
  next?: string
  total?: number
}
