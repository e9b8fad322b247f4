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
  // doors
  internal: {
    zh: '程序内部出错：{problem}。请运行 tributary doctor 并附上日志反馈。',
    en: 'Something inside went wrong: {problem}. Run tributary doctor and report it with the log.',
  },
  not_found: { zh: '找不到{what}“{name}”。', en: '{what} "{name}" was not found.' },
  bad_request: { zh: '请求有误：{problem}', en: 'The request is not right: {problem}' },
  login_needed: { zh: '请先登录。', en: 'Please log in first.' },
  login_failed: { zh: '用户名或密码不正确。', en: 'The name or the password is not right.' },
  login_locked: { zh: '失败次数过多，请 {seconds} 秒后再试。', en: 'Too many failures; try again in {seconds} seconds.' },
  setup_done: { zh: '首次登录已设置过。', en: 'The first login has been made already.' },
  setup_token: { zh: '一次性口令不正确：请使用服务启动时打印在控制台上的口令。', en: 'The one-time code is not right: use the one the server printed on its console at start.' },
  role_denied: { zh: '角色“{role}”无权执行此操作，需要：{needed}。', en: 'The role "{role}" may not do this; needed: {needed}.' },
  cross_site: { zh: '拒绝来自其他网站的请求。', en: 'A request from another site was refused.' },
  server_running: {
    zh: '数据目录 {home} 正被进程 {pid} 使用（{address}）。请在网页中操作，或先停止该服务。',
    en: 'The data directory {home} is in use by process {pid} ({address}). Work in the web app, or stop that server first.',
  },
  cancelled: { zh: '已取消。', en: 'Cancelled.' },
  // config
  config_invalid: {
    zh: '配置文件 {file} 第 {line} 行：{problem}。{hint}',
    en: 'Configuration file {file}, line {line}: {problem}. {hint}',
  },
  // intake
  unknown_dataset: {
    zh: '没有名为“{name}”的数据集。可用：{known}',
    en: 'There is no data set "{name}". Available: {known}',
  },
} as const satisfies Record<string, Text>

export type ErrorCode = keyof typeof errorCodes
