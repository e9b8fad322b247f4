import { describe, expect, it } from 'vitest'
import { nameForms } from './name-form.ts'

const form = nameForms()

describe('name forms', () => {
  it('folds width, script and spacing to one key', () => {
    expect(form('張偉').key).toBe(form(' 张 伟 ').key)
    expect(form('ＪＯＨＮ　Smith').key).toBe(form('Smith, John').key)
    expect(form('José García').key).toBe(form('jose garcia').key)
  })
  it('hears hanzi and their Latin spelling alike, whatever the order', () => {
    expect(form('张伟').sound).toBe('zhangwei')
    expect(form('Zhang Wei').sound).toBe('zhangwei')
    expect(form('Xiaoming Wang').sound).toBe(form('王晓明').sound)
    expect(form('zhangwei').sound).toBe('zhangwei')
    expect(form('张玮').sound).toBe(form('张伟').sound)
    expect(form('张玮').key).not.toBe(form('张伟').key)
  })
  it('reads surnames as surnames', () => {
    expect(form('曾国藩').pinyin).toBe('zengguofan')
    expect(form('单田芳').pinyin).toBe('shantianfang')
    expect(form('欧阳娜娜').initials).toBe('oynn')
  })
  it('keeps what is hidden as hidden', () => {
    expect(form('张**')).toMatchObject({ key: '张*', kind: 'partial', sound: '' })
    expect(form('*伟')).toMatchObject({ key: '*伟', kind: 'partial' })
    expect(form('王女士')).toMatchObject({ key: '王*', kind: 'partial' })
    expect(form('李某某')).toMatchObject({ key: '李*', kind: 'partial' })
    expect(form('王建国先生')).toMatchObject({ key: '王建国', kind: 'full' })
    expect(form('欧阳先生')).toMatchObject({ key: '欧阳*', kind: 'partial' })
  })
  it.each(['顾客', '先生', '匿名', '***', 'N/A', 'null', '用户8839', '12345', '', ' ', 'Walk-in', 'Test User', null])(
    'takes %j for no name',
    (name) => expect(form(name).kind).toBe('none'),
  )
})
