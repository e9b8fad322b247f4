import { fillText, type Text } from '../../base/text.ts'

/** What holds a row, and how to mend it. `{field}` is the field's title in the language. */
const texts: Readonly<Record<string, Text>> = {
  not_a_number: {
    zh: '“{field}”不是数字。请改为如 1234.50 的数字，或留空。',
    en: '"{field}" is no number. Write a number such as 1234.50, or leave it empty.',
  },
  not_a_whole_number: {
    zh: '“{field}”不是整数。请改为如 12 的整数，或留空。',
    en: '"{field}" is no whole number. Write one such as 12, or leave it empty.',
  },
  not_a_date: {
    zh: '“{field}”不是有效的日期。请写成 2024-05-31 或 2024-05-31 08:30:00，或在映射中指定日期格式。',
    en: '"{field}" is no valid date. Write 2024-05-31 or 2024-05-31 08:30:00, or name the format in the mapping.',
  },
  not_a_yes_or_no: {
    zh: '“{field}”应为 是/否。请改为“是”或“否”，或留空。',
    en: '"{field}" must be yes or no. Write one of them, or leave it empty.',
  },
  not_json: {
    zh: '“{field}”不是有效的 JSON。请改正，或留空。',
    en: '"{field}" is no valid JSON. Mend it, or leave it empty.',
  },
  unterminated_quote: {
    zh: '第 {line} 行的引号没有结束。请在该行补上引号后重新导入，或在此填写各列的值。',
    en: 'A quote that begins in line {line} does not end. Close it and send the row again, or fill in the columns here.',
  },
  too_many_fields: {
    zh: '第 {line} 行的列数多于表头。常见原因是值中的分隔符没有加引号。请加上引号后重新导入，或在此填写各列的值。',
    en: 'Line {line} has more fields than the header. Usually a separator inside a value is not quoted: quote it and import again, or fill in the columns here.',
  },
  too_few_fields: {
    zh: '第 {line} 行的列数少于表头。请补全该行后重新导入，或在此填写各列的值。',
    en: 'Line {line} has fewer fields than the header. Complete it and import again, or fill in the columns here.',
  },
  line_too_long: {
    zh: '第 {line} 行有 {bytes} 字节，超过了单行上限。常见原因是缺少换行或引号未闭合：请检查该行后重新导入，或在此填写各列的值。',
    en: 'Line {line} has {bytes} bytes, more than a row may have. Usually a line break is missing or a quote is open. Check the line and import again, or fill in the columns here.',
  },
  invalid_encoding: {
    zh: '第 {line} 行含有无法按该文件编码解读的字节。请把文件另存为 UTF-8 后重新导入，或在此填写各列的值。',
    en: 'Line {line} holds bytes that do not fit the encoding of the file. Save the file as UTF-8 and import again, or fill in the columns here.',
  },
  formula_cell: {
    zh: '第 {line} 行有没有计算结果的公式单元格。请在表格软件中打开并保存后重试。',
    en: 'Line {line} has a formula cell without a stored result. Open and save the file in a spreadsheet program and try again.',
  },
  cell_error: {
    zh: '第 {line} 行有错误值单元格（如 #REF!）。请在表格软件中改正后重新导入。',
    en: 'Line {line} has a cell with an error such as #REF!. Mend it in a spreadsheet program and import again.',
  },
}

export const ruleNames: Readonly<Record<string, Text>> = {
  type: { zh: '类型不符', en: 'Wrong type' },
  read: { zh: '无法读取的行', en: 'Unreadable row' },
  file: { zh: '无法读取的文件', en: 'Unreadable file' },
}

/** The message of a quarantine entry from its code and parameters. */
export function messageOf(code: string, params: Readonly<Record<string, unknown>>, title?: Text): Text {
  const own =
    typeof params.zh === 'string' && typeof params.en === 'string' ? { zh: params.zh, en: params.en } : undefined
  const text = texts[code] ?? own ?? { zh: `${code}`, en: `${code}` }
  const name = title ?? { zh: String(params.field ?? ''), en: String(params.field ?? '') }
  return {
    zh: fillText(text, { ...params, field: name.zh }).zh,
    en: fillText(text, { ...params, field: name.en }).en,
  }
}
