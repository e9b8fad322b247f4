import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { SegmentField, SegmentTree } from '../../api/types.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { groupOf, isLeaf, move, replaceAt, treeOf, type Group, type GroupKind } from './tree.ts'
import { useSegmentWords } from './words.ts'

/** A group of conditions and groups; every move has a button, so nothing needs a mouse. */
export function GroupEditor({
  group,
  fields,
  onChange,
  onRemove,
}: {
  group: Group
  fields: readonly SegmentField[]
  onChange(group: Group): void
  onRemove?(): void
}) {
  const t = useSegmentWords()
  const set = (parts: SegmentTree[]) => onChange({ ...group, parts })
  const tools = (i: number) => (
    <span className="tools">
      <button
        type="button"
        className="mini"
        aria-label={`${t('moveUp')} ${i + 1}`}
        title={t('moveUp')}
        disabled={i === 0}
        onClick={() => set(move(group.parts, i, i - 1))}
      >
        <ArrowUpOutlined aria-hidden />
      </button>
      <button
        type="button"
        className="mini"
        aria-label={`${t('moveDown')} ${i + 1}`}
        title={t('moveDown')}
        disabled={i === group.parts.length - 1}
        onClick={() => set(move(group.parts, i, i + 1))}
      >
        <ArrowDownOutlined aria-hidden />
      </button>
      <button
        type="button"
        className="mini"
        aria-label={t('removeCondition', { n: i + 1 })}
        title={t('removeCondition', { n: i + 1 })}
        onClick={() => set(group.parts.filter((_, at) => at !== i))}
      >
        <CloseOutlined aria-hidden />
      </button>
    </span>
  )
  return (
    <div className={`group ${group.kind}`} role="group" aria-label={t(group.kind)}>
      <div className="group-head">
        <span className="muted">{t('match')}</span>
        <Select
          aria-label={t('match')}
          size="small"
          style={{ width: 140 }}
          value={group.kind}
          onChange={(kind: GroupKind) => onChange({ ...group, kind })}
          options={(['all', 'any', 'not'] as const).map((kind) => ({ value: kind, label: t(kind) }))}
        />
        {onRemove && (
          <span className="tools">
            <button
              type="button"
              className="mini"
              aria-label={t('removeGroup')}
              title={t('removeGroup')}
              onClick={onRemove}
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        )}
      </div>
      {group.parts.length === 0 && <p className="muted small">{t('empty')}</p>}
      {group.parts.map((part, i) =>
        isLeaf(part) ? (
          <ConditionEditor
            key={i}
            index={i}
            leaf={part}
            fields={fields}
            tools={tools(i)}
            onChange={(leaf) => set(replaceAt(group.parts, i, leaf))}
          />
        ) : (
          <GroupEditor
            key={i}
            group={groupOf(part)}
            fields={fields}
            onChange={(inner) => set(replaceAt(group.parts, i, treeOf(inner)))}
            onRemove={() => set(group.parts.filter((_, at) => at !== i))}
          />
        ),
      )}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => set([...group.parts, { field: '', op: '=' }])}
        >
          {t('addCondition')}
        </Button>
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => set([...group.parts, { any: [{ field: '', op: '=' }] }])}
        >
          {t('addGroup')}
        </Button>
      </div>
    </div>
  )
}
