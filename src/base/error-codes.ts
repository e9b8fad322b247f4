import type { Text } from './text.ts'

/**
 * All error codes, by area. A code is stable API: never renamed, only added. The text says what, where and how to
 * mend; `{name}` are the params. `docs/errors.md` is generated from this file (`npm run gen`).
 */
export const errorCodes = {
  // base
  expression_syntax: {
    zh: '表达式在第 {at} 个字符处有误：{problem}。请检查：{expression}',
    en: 'The expression has an error at character {at}: {problem}. Check: {expression}',
  },
  // journal
  disk_reserve: {
    zh: '磁盘只剩 {free} 字节，已低于保留空间 {reserve} 字节：拒绝写入新数据，读取与删除仍可用。请清理磁盘后重试。',
    en: 'The disk has {free} bytes left, below the reserve of {reserve} bytes: new data is refused, reading and deleting still work. Free some space and try again.',
  },
  journal_damaged: {
    zh: '日志段 {file} 在字节 {offset} 处损坏（{problem}），其后的记录未读取。请从备份恢复该文件或运行 tributary doctor。',
    en: 'Journal segment {file} is damaged at byte {offset} ({problem}); the records after it were not read. Restore the file from a backup or run tributary doctor.',
  },
  journal_closed: { zh: '日志已关闭，无法写入。', en: 'The journal is closed; nothing can be written.' },
  // warehouse
  query_failed: {
    zh: '查询失败：{problem}',
    en: 'The query failed: {problem}',
  },
  engine_unsupported: {
    zh: '引擎 {engine} 不支持 {operation}：{reason}',
    en: 'Engine {engine} does not support {operation}: {reason}',
  },
  unknown_identifier: {
    zh: '未知的字段或数据集“{name}”。可用：{known}',
    en: 'Unknown field or data set "{name}". Available: {known}',
  },
  // config
  config_invalid: {
    zh: '配置文件 {file} 第 {line} 行：{problem}。{hint}',
    en: 'Configuration file {file}, line {line}: {problem}. {hint}',
  },
} as const satisfies Record<string, Text>

export type ErrorCode = keyof typeof errorCodes
