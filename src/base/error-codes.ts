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
  expression_types: {
    zh: '表达式中 {op} 不能用于 {left} 与 {right}。请检查字段类型，或改用合适的运算符。',
    en: 'In the expression, {op} does not go with {left} and {right}. Check the types of the fields or use another operator.',
  },
  expression_pattern: {
    zh: '正则表达式“{pattern}”无法使用：{problem}。请使用 RE2 语法（无回溯引用与环视）。',
    en: 'The pattern "{pattern}" cannot be used: {problem}. Write it in RE2 syntax (no back-references, no look-around).',
  },
  expression_time: {
    zh: '“{value}”不是时间。请写成 2024-12-31 或 2024-12-31 08:00。',
    en: '"{value}" is not a time. Write it as 2024-12-31 or 2024-12-31 08:00.',
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
  journal_locked: {
    zh: '目录 {dir} 正被进程 {pid}（主机 {host}）使用，同一时间只能有一个写入者。请先停止该进程，或连接到正在运行的服务；若该主机已不存在，请删除 {file}。',
    en: 'The folder {dir} is in use by process {pid} (host {host}); only one may write at a time. Stop that process or talk to the running server; if that host is gone, delete {file}.',
  },
  journal_write_failed: {
    zh: '无法写入日志 {dir}：{problem}。本次数据均未保存，请检查磁盘后重试。',
    en: 'The journal {dir} could not be written: {problem}. Nothing of this call was stored; check the disk and try again.',
  },
  journal_format: {
    zh: '日志段 {file} 的格式版本为 {version}，本程序只认识到 {known}。请使用更新版本的程序打开。',
    en: 'Journal segment {file} has format version {version}; this program knows up to {known}. Open it with a newer version of the program.',
  },
  record_too_large: {
    zh: '一条日志记录有 {bytes} 字节，超过上限 {limit} 字节。请把大内容存入数据湖，日志只记清单。',
    en: 'A journal record has {bytes} bytes, above the limit of {limit}. Put large content into the lake and journal its manifest.',
  },
  lake_name: {
    zh: '“{name}”不是数据湖中的内容名：应为 64 位小写十六进制的 SHA-256。',
    en: '"{name}" does not name a content of the lake: a SHA-256 of 64 lower-case hexadecimal digits is expected.',
  },
  lake_source: {
    zh: '读取文件 {path} 时失败：{problem}。请检查文件是否存在、是否有读取权限，然后重试。',
    en: 'Reading the file {path} failed: {problem}. Check that it exists and may be read, then try again.',
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
  warehouse_fatal: {
    zh: '分析库已不可用：{problem}。数据不会丢失，将从日志重建；若反复出现，请检查磁盘空间并运行 tributary rebuild。',
    en: 'The warehouse can no longer be used: {problem}. Nothing is lost, it is rebuilt from the journal; if this comes back, check the disk space and run tributary rebuild.',
  },
  warehouse_full: {
    zh: '分析库所在磁盘空间不足：{problem}。本次写入未生效，数据仍在日志中；请清理磁盘后重试。',
    en: 'The disk of the warehouse is full: {problem}. This write did not take effect, the data is in the journal; free some space and try again.',
  },
  warehouse_locked: {
    zh: '分析库文件 {path} 正被另一个进程使用。请改用正在运行的服务，或先停止它。',
    en: 'The warehouse file {path} is in use by another process. Use the running server, or stop it first.',
  },
  warehouse_outdated: {
    zh: '表 {table} 的列 {column} 类型为 {found}，应为 {expected}。请运行 tributary rebuild 从日志重建分析库。',
    en: 'Column {column} of table {table} has the type {found} instead of {expected}. Run tributary rebuild to rebuild the warehouse from the journal.',
  },
  query_cancelled: { zh: '查询已取消。', en: 'The query was cancelled.' },
  staged_rows_differ: {
    zh: '文件 {file} 读到 {got} 行，应为 {expected} 行：文件在检查之后被改动，或读取方式不符。请重新导入该文件。',
    en: 'File {file} gave {got} rows instead of {expected}: it changed after the check, or is read differently. Import the file again.',
  },
  staged_unreadable: {
    zh: '文件 {file} 第 {line} 行不符合已确定的 CSV 格式，无法载入。请重新检查该文件。',
    en: 'Line {line} of {file} does not fit the CSV format that was found, so the file cannot be loaded. Inspect the file again.',
  },
  bad_identifier: { zh: '名称“{name}”不能作为标识符。', en: 'The name "{name}" cannot be an identifier.' },
  bad_interval: { zh: '时间间隔须为整数：{amount} {unit}', en: 'An interval must be a whole number: {amount} {unit}' },
  value_unfit: { zh: '值 {value} 不能写入 {type} 列。', en: 'The value {value} does not fit a column of type {type}.' },
  stage_empty: { zh: '没有可载入 {name} 的文件。', en: 'There is no file to load into {name}.' },
  stage_columns_differ: {
    zh: '文件 {file} 的列与同批其他文件不同，不能一起载入 {name}。',
    en: 'File {file} has other columns than the files it is loaded with into {name}.',
  },
  column_undeclared: {
    zh: '结果列 {column} 未声明数据等级，拒绝读取。请在读取请求的 columns 中声明。',
    en: 'The result column {column} declares no data class; the read is refused. Declare it in the columns of the read request.',
  },
  projection_broken: {
    zh: '记录 {position}（{kind}）无法写入分析库：{problem}',
    en: 'Record {position} ({kind}) could not be projected: {problem}',
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
  upload_too_large: {
    zh: '文件“{name}”超过上传上限 {limit}：请放入受监视的文件夹，或用 tributary run。',
    en: 'The file "{name}" is above the upload limit of {limit}: put it into a watched folder, or use tributary run.',
  },
  disk_full: {
    zh: '磁盘已满，无法写入 {path}。已接收的数据都在；请清理磁盘后重试。',
    en: 'The disk is full; {path} could not be written. Whatever was accepted is safe; free some space and try again.',
  },
  not_found: { zh: '找不到{what}“{name}”。', en: '{what} "{name}" was not found.' },
  bad_request: { zh: '请求有误：{problem}', en: 'The request is not right: {problem}' },
  login_needed: { zh: '请先登录。', en: 'Please log in first.' },
  login_failed: { zh: '用户名或密码不正确。', en: 'The name or the password is not right.' },
  login_locked: {
    zh: '失败次数过多，请 {seconds} 秒后再试。',
    en: 'Too many failures; try again in {seconds} seconds.',
  },
  setup_done: { zh: '首次登录已设置过。', en: 'The first login has been made already.' },
  setup_token: {
    zh: '一次性口令不正确：请使用服务启动时打印在控制台上的口令。',
    en: 'The one-time code is not right: use the one the server printed on its console at start.',
  },
  role_denied: {
    zh: '角色“{role}”无权执行此操作，需要：{needed}。',
    en: 'The role "{role}" may not do this; needed: {needed}.',
  },
  cross_site: { zh: '拒绝来自其他网站的请求。', en: 'A request from another site was refused.' },
  server_running: {
    zh: '数据目录 {home} 正被进程 {pid} 使用（{address}）。请在网页中操作，或先停止该服务。',
    en: 'The data directory {home} is in use by process {pid} ({address}). Work in the web app, or stop that server first.',
  },
  cancelled: { zh: '已取消。', en: 'Cancelled.' },
  // sources
  file_not_found: {
    zh: '找不到文件或文件夹“{file}”。请检查路径与权限。',
    en: 'File or folder "{file}" does not exist. Check the path and the permissions.',
  },
  file_not_readable: {
    zh: '无法读取“{file}”：{problem}。请检查权限，或换一个普通文件。',
    en: '"{file}" cannot be read: {problem}. Check the permissions or give a plain file.',
  },
  file_empty: {
    zh: '文件“{file}”是空的（0 行数据）。请重新导出后再试。',
    en: 'File "{file}" is empty. Export it again and retry.',
  },
  wrong_extension: {
    zh: '文件“{file}”的内容是 {kind}，不是表格。请导出为 CSV、XLSX、JSON 或 Parquet。',
    en: 'File "{file}" holds {kind}, not a table. Export it as CSV, XLSX, JSON or Parquet.',
  },
  not_a_table: {
    zh: '“{file}”里找不到表格：{problem}。请导出为 CSV 或 XLSX 后重试。',
    en: 'No table was found in "{file}": {problem}. Export it as CSV or XLSX and try again.',
  },
  mostly_unreadable: {
    zh: '文件“{file}”前 {rows} 行中有 {bad} 行无法读取（{code}）：编码、分隔符或列数多半设错了。请重新检查导入设置。',
    en: 'In the first {rows} rows of "{file}" {bad} cannot be read ({code}): encoding, delimiter or columns are probably wrong. Check the import settings.',
  },
  too_many_columns: {
    zh: '文件“{file}”有 {columns} 列，超过上限 {limit}。请只导出需要的列。',
    en: 'File "{file}" has {columns} columns, more than the limit of {limit}. Export only the columns you need.',
  },
  archive_bomb: {
    zh: '“{file}”解压后过大（{what} 超过 {limit}）：可能是压缩炸弹，已停止读取。请拆分后再导入。',
    en: '"{file}" inflates to too much ({what} above {limit}): it may be a zip bomb and was refused. Split it and try again.',
  },
  archive_path: {
    zh: '压缩包“{file}”里的成员名“{member}”指向压缩包之外，已拒绝。请重新打包。',
    en: 'Member "{member}" of archive "{file}" points outside the archive and was refused. Pack it again.',
  },
  archive_damaged: {
    zh: '压缩包“{file}”已损坏：{problem}。请重新下载或打包。',
    en: 'Archive "{file}" is damaged: {problem}. Download or pack it again.',
  },
  archive_encrypted: {
    zh: '压缩包“{file}”设有密码（{member}）。请解密后再导入。',
    en: 'Archive "{file}" is protected by a password ({member}). Unpack it and import the files.',
  },
  archive_member: {
    zh: '压缩包“{file}”里没有成员“{member}”。现有：{known}',
    en: 'Archive "{file}" has no member "{member}". It holds: {known}',
  },
  encrypted_xlsx: {
    zh: '工作簿“{file}”设有打开密码。请在 Excel 中取消密码后另存再导入。',
    en: 'Workbook "{file}" is protected by a password. Save it without a password in Excel and try again.',
  },
  xls_legacy: {
    zh: '“{file}”是旧版 Excel（.xls）文件。请在 Excel 中另存为 .xlsx 或 CSV 再导入。',
    en: '"{file}" is an old Excel file (.xls). Save it as .xlsx or CSV in Excel and try again.',
  },
  xlsx_damaged: {
    zh: '工作簿“{file}”已损坏（{part}）：{problem}。请在 Excel 中打开并另存后再导入。',
    en: 'Workbook "{file}" is damaged ({part}): {problem}. Open it in Excel, save it again and retry.',
  },
  sheet_not_found: {
    zh: '工作簿“{file}”没有工作表“{sheet}”。现有：{known}',
    en: 'Workbook "{file}" has no sheet "{sheet}". It holds: {known}',
  },
  json_invalid: {
    zh: 'JSON 文件“{file}”第 {line} 行有误：{problem}。请修正后重试。',
    en: 'JSON file "{file}" has an error in line {line}: {problem}. Mend it and try again.',
  },
  json_too_large: {
    zh: 'JSON 文件“{file}”有 {bytes} 字节，超过整体读取的上限 {limit}。请导出为每行一个对象的 NDJSON。',
    en: 'JSON file "{file}" has {bytes} bytes, more than the limit of {limit} for one document. Export it as NDJSON, one object per line.',
  },
  source_config: {
    zh: '数据源（{connector}）的配置项 {field} 有误：{problem}。',
    en: 'The configuration of the source ({connector}) is wrong at {field}: {problem}.',
  },
  // governance
  warehouse_not_attached: { zh: '治理尚未连接分析库。', en: 'The governance has no warehouse yet.' },
  catalogue_incomplete: {
    zh: '表 {table} 的声明不完整：{problem}。每一列都要有数据等级与中英文说明。',
    en: 'The declaration of table {table} is incomplete: {problem}. Every column needs a class and a text in both languages.',
  },
  class_unknown: {
    zh: '“{path}: {class}”无效：请写成 表.列，等级为 {known} 之一。',
    en: '"{path}: {class}" is not valid: write table.column and one of the classes {known}.',
  },
  user_name_invalid: {
    zh: '用户名“{name}”不可用：须以字母或数字开头，最多 80 个字符，可含字母、数字、. _ @ - 与空格。',
    en: 'The user name "{name}" cannot be used: begin with a letter or digit; up to 80 letters, digits, . _ @ - and blanks.',
  },
  user_exists: {
    zh: '用户“{name}”已存在，请换一个名称。',
    en: 'The user "{name}" exists already; choose another name.',
  },
  user_unknown: { zh: '没有用户“{name}”。', en: 'There is no user "{name}".' },
  user_role_unknown: { zh: '角色“{role}”不存在，可用：{known}', en: 'There is no role "{role}"; available: {known}' },
  user_last_admin: {
    zh: '“{name}”是最后一位管理员。请先指定另一位管理员。',
    en: '"{name}" is the last administrator. Make somebody else an administrator first.',
  },
  password_too_short: { zh: '密码至少 {min} 个字符。', en: 'The password needs at least {min} characters.' },
  password_equals_name: { zh: '密码不能与用户名相同。', en: 'The password must differ from the user name.' },
  // config
  config_invalid: {
    zh: '配置文件 {file} 第 {line} 行：{problem}。{hint}',
    en: 'Configuration file {file}, line {line}: {problem}. {hint}',
  },
  // intake
  record_too_new: {
    zh: '日志记录 {kind} 的格式版本 {format} 高于本程序所知的 {known}。请升级程序后再打开此数据目录。',
    en: 'A journal record {kind} has format {format}, newer than the {known} known here. Upgrade before opening this data directory.',
  },
  unknown_field: {
    zh: '数据集 {dataset} 没有字段“{field}”。可用：{known}',
    en: 'Data set {dataset} has no field "{field}". Available: {known}',
  },
  unknown_column: {
    zh: '文件中没有列“{column}”。该文件的列：{known}。请修改字段映射或文件表头。',
    en: 'The file has no column "{column}". Its columns: {known}. Change the mapping or the header of the file.',
  },
  unknown_zone: {
    zh: '未知的时区“{zone}”。请使用 IANA 名称，例如 Asia/Shanghai。',
    en: 'Unknown time zone "{zone}". Use an IANA name such as Asia/Shanghai.',
  },
  unknown_source: {
    zh: '没有名为“{source}”的来源。已有：{known}',
    en: 'There is no source "{source}". There are: {known}',
  },
  unknown_batch: {
    zh: '没有批次 {batch}，或该批次已被撤销。',
    en: 'There is no batch {batch}, or it has been undone.',
  },
  row_not_in_quarantine: {
    zh: '批次 {batch} 的第 {row} 行不在隔离区中（可能已修复或已丢弃）。',
    en: 'Row {row} of batch {batch} is not in quarantine (it may have been mended or discarded).',
  },
  nothing_mapped: {
    zh: '文件 {file} 没有任何列可以映射到数据集 {dataset}。请在映射中至少指定一个字段。',
    en: 'No column of {file} could be mapped to the data set {dataset}. Name at least one field in the mapping.',
  },
  unknown_connector: {
    zh: '没有名为“{connector}”的连接器。可用：{known}',
    en: 'There is no connector "{connector}". Available: {known}',
  },
  file_failed: {
    zh: '文件 {file} 无法导入：{problem}',
    en: 'The file {file} could not be taken: {problem}',
  },
  bad_schedule: {
    zh: '来源 {source} 的计划“{schedule}”不是有效的 cron 表达式：{problem}',
    en: 'The schedule "{schedule}" of source {source} is no valid cron expression: {problem}',
  },
  unknown_dataset: {
    zh: '没有名为“{name}”的数据集。可用：{known}',
    en: 'There is no data set "{name}". Available: {known}',
  },
  // segments and insight
  invalid_day: {
    zh: '“{day}”不是日期。请写成 YYYY-MM-DD，例如 2024-05-01。',
    en: '"{day}" is not a day. Write it as YYYY-MM-DD, for example 2024-05-01.',
  },
  segment_tree: {
    zh: '分群条件在 {place} 处有误：{problem}。',
    en: 'The segment condition at {place} is wrong: {problem}.',
  },
  segment_condition: {
    zh: '“{expression}”是一个值，不是条件。请加上比较，例如 {expression} >= 1。',
    en: '"{expression}" is a value, not a condition. Add a comparison, for example {expression} >= 1.',
  },
  segment_argument: {
    zh: '“{call}”的参数有误：{problem}。用法：{usage}',
    en: 'The arguments of "{call}" are wrong: {problem}. Usage: {usage}',
  },
  segment_value: {
    zh: '“{field}”没有取值“{value}”。可用：{known}',
    en: '"{field}" has no value "{value}". Values: {known}',
  },
  segment_unknown: {
    zh: '没有名为“{name}”的分群。现有：{known}',
    en: 'There is no segment "{name}". Existing: {known}',
  },
  segment_cycle: {
    zh: '分群“{name}”引用了自身：{path}。请去掉其中一处 in_segment。',
    en: 'Segment "{name}" refers to itself: {path}. Take one of these in_segment out.',
  },
  segment_name: {
    zh: '“{name}”不能作为分群名称：{problem}。',
    en: '"{name}" cannot be the name of a segment: {problem}.',
  },
  setting_invalid: {
    zh: '设置“{setting}”有误：{problem}。',
    en: 'The setting "{setting}" is wrong: {problem}.',
  },
  not_enough_data: {
    zh: '数据不足，无法进行“{method}”：需要 {need}，现有 {got}。',
    en: 'Not enough data for "{method}": {need} needed, {got} there.',
  },
  analysis_unknown: {
    zh: '没有名为“{name}”的分析。可用：{known}',
    en: 'There is no analysis "{name}". Available: {known}',
  },
  analysis_params: {
    zh: '分析“{name}”的参数有误：{problem}',
    en: 'The parameters of analysis "{name}" are wrong: {problem}',
  },
  report_unknown: { zh: '没有编号为“{id}”的报告。', en: 'There is no report "{id}".' },
  no_browser: {
    zh: '找不到 Chromium，无法生成 PDF。请安装系统的 Chromium 或 Chrome，或用环境变量 CHROMIUM_PATH 指明其路径；也可导出网页（HTML）或 Excel。',
    en: 'No Chromium was found, so no PDF can be made. Install the system Chromium or Chrome, or set CHROMIUM_PATH to it; the web page (HTML) and Excel exports work without it.',
  },
  // quality
  rule_params: {
    zh: '规则“{rule}”的参数有误：{problem}。请按规则说明修改参数。',
    en: 'The parameters of the rule "{rule}" are not right: {problem}. Correct them as the definition of the rule says.',
  },
  rule_document: {
    zh: '规则文档的 {where} 处有误：{problem}',
    en: 'The rule document has an error at {where}: {problem}',
  },
  unknown_rule: {
    zh: '{where} 处：没有名为“{name}”的规则。可用：{known}',
    en: 'At {where}: there is no rule named "{name}". Available: {known}',
  },
  rule_threshold: {
    zh: '规则“{rule}”的阈值“{expression}”有误：只能使用 failed、failed_pct、evaluated、observed、数字、比较以及 and、or、not。',
    en: 'The threshold "{expression}" of the rule "{rule}" is not right: it may use only failed, failed_pct, evaluated, observed, numbers, comparisons, and, or, not.',
  },
  review_decided: {
    zh: '复核项“{id}”已由 {by} 处理为“{state}”，不能再次处理。',
    en: 'The review item "{id}" was decided already ("{state}" by {by}).',
  },
  review_value: {
    zh: '选择“修正”时请给出字段“{field}”的新值；“{value}”不能作为该字段的值。',
    en: 'To fix, give a new value for "{field}"; "{value}" cannot be a value of that field.',
  },
  // identity and profiles
  person_unknown: {
    zh: '没有编号为 {person} 的客户，或其记录已全部撤销。请在客户列表中核对编号。',
    en: 'There is no customer {person}, or all its records were undone. Check the id in the customer list.',
  },
  references_unknown: {
    zh: '无法从客户 {person} 拆出“{refs}”：这些标识必须都属于该客户，且不能是全部。请在客户的“身份”页中选择。',
    en: 'Cannot split "{refs}" off customer {person}: they must all belong to it and must not be all of it. Choose them on the identity tab of the customer.',
  },
  decision_unknown: {
    zh: '没有编号为 {decision} 的人工身份决定，或它已被撤销。',
    en: 'There is no manual identity decision {decision}, or it was taken back already.',
  },
  survivorship_invalid: {
    zh: '字段“{field}”的取值规则“{rule}”无效。可用规则：{known}',
    en: 'The survivorship rule "{rule}" of field "{field}" is not valid. Rules: {known}',
  },
  customer_query_invalid: {
    zh: '客户列表的参数 {param} 无效：{value}。可用：{known}',
    en: 'Parameter {param} of the customer list is not valid: {value}. Use: {known}',
  },
} as const satisfies Record<string, Text>

export type ErrorCode = keyof typeof errorCodes
