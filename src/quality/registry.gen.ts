// Written by `npm run gen` from src/quality/rules/. Do not edit.
import type { RuleKind } from './contract.ts'
import { agreesWith } from './rules/agrees_with.ts'
import { atLeastOne } from './rules/at_least_one.ts'
import { bankCard } from './rules/bank_card.ts'
import { cnCity } from './rules/cn_city.ts'
import { cnMobile } from './rules/cn_mobile.ts'
import { cnName } from './rules/cn_name.ts'
import { cnResidentId } from './rules/cn_resident_id.ts'
import { cnUscc } from './rules/cn_uscc.ts'
import { compareColumns } from './rules/compare_columns.ts'
import { email } from './rules/email.ts'
import { foreignKey } from './rules/foreign_key.ts'
import { inSet } from './rules/in_set.ts'
import { isoCurrency } from './rules/iso_currency.ts'
import { length } from './rules/length.ts'
import { levelMatchesSpend } from './rules/level_matches_spend.ts'
import { namePlausible } from './rules/name_plausible.ts'
import { notInFuture } from './rules/not_in_future.ts'
import { notInSet } from './rules/not_in_set.ts'
import { notMissing } from './rules/not_missing.ts'
import { notNull } from './rules/not_null.ts'
import { notRegex } from './rules/not_regex.ts'
import { phone } from './rules/phone.ts'
import { range } from './rules/range.ts'
import { rarelyShared } from './rules/rarely_shared.ts'
import { regex } from './rules/regex.ts'
import { requiredIf } from './rules/required_if.ts'
import { requiredShare } from './rules/required_share.ts'
import { type } from './rules/type.ts'
import { unique } from './rules/unique.ts'

export const ruleKinds = [
  agreesWith,
  atLeastOne,
  bankCard,
  cnCity,
  cnMobile,
  cnName,
  cnResidentId,
  cnUscc,
  compareColumns,
  email,
  foreignKey,
  inSet,
  isoCurrency,
  length,
  levelMatchesSpend,
  namePlausible,
  notInFuture,
  notInSet,
  notMissing,
  notNull,
  notRegex,
  phone,
  range,
  rarelyShared,
  regex,
  requiredIf,
  requiredShare,
  type,
  unique,
] as unknown as readonly RuleKind[]
