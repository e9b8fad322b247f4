import { InputError } from '../../../base/errors.ts'

/**
 * A member's name with `/`, without `./`. Names never become paths on disk here, yet one that tries to climb out
 * shows that the archive is hostile.
 * @throws InputError archive_path
 */
export function memberName(name: string, archive: string): string {
  const clean = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  if (clean.startsWith('/') || /^[a-z]:\//i.test(clean) || clean.includes('\0') || clean.split('/').includes('..'))
    throw new InputError('archive_path', { file: archive, member: name.replaceAll('\0', '\\0').slice(0, 200) })
  return clean
}
