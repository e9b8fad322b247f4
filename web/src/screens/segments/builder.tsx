import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { api, Fault, seg } from '../../api/client.ts'
import type { SegmentField, SegmentPreview, SegmentTree, SegmentView } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFormat } from '../../i18n/format.ts'
import { PageHead, Panel } from '../../parts/page.tsx'
import { Failed, Skeleton, useFaultText } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import './builder.css'
import { GroupEditor } from './group-editor.tsx'
import { Preview } from './preview.tsx'
import { complete, groupOf, isLeaf, treeOf } from './tree.ts'
import { useSegmentWords } from './words.ts'

const newRoute = getRouteApi('/segments/new')
const editRoute = getRouteApi('/segments/$name/edit')

export function NewSegment() {
  const { rule } = newRoute.useSearch()
  return <Builder key={rule ?? ''} rule={rule ?? ''} />
}

export function EditSegment() {
  const { name } = editRoute.useParams()
  const query = useQuery({
    queryKey: ['/segments', name],
    queryFn: ({ signal }) => api.get<SegmentView>(`/segments/${seg(name)}`, {}, signal),
  })
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (!query.data) return <Skeleton lines={8} big />
  return <Builder key={name} rule={query.data.rule} segment={query.data} />
}

/** What the count is asked for: the tree while conditions are edited, the text while text is. */
type Asked = { rule: string } | { tree: SegmentTree } | undefined

const asGroup = (tree: SegmentTree): SegmentTree => (isLeaf(tree) ? { all: [tree] } : tree)

/** Tree and text are two views of one rule; the server turns one into the other with each count. */
function Builder({ rule, segment }: { rule: string; segment?: SegmentView }) {
  const t = useSegmentWords()
  const common = useCommon()
  const f = useFormat()
  const toast = useToast()
  const faultText = useFaultText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [tree, setTree] = useState<SegmentTree>({ all: [] })
  const [text, setText] = useState(rule)
  const [asked, setAsked] = useState<Asked>(rule ? { rule } : undefined)
  const [name, setName] = useState(segment?.name ?? '')
  const [label, setLabel] = useState(segment ? f.text(segment.text) : '')
  const [nameProblem, setNameProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const editing = useRef<'tree' | 'text'>('text')
  const fields = useQuery({
    queryKey: ['/segments/fields'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.get<SegmentField[]>('/segments/fields', {}, signal),
  })

  useEffect(() => {
    if (editing.current !== 'tree') return
    const ready = complete(tree)
    const timer = window.setTimeout(() => setAsked(ready && { tree: ready }), 250)
    return () => window.clearTimeout(timer)
  }, [tree])

  const preview = useQuery({
    queryKey: ['/segments/preview', asked],
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
    queryFn: ({ signal }) => api.post<SegmentPreview>('/segments/preview', asked, signal),
  })
  // The half that is not being edited follows the one that is.
  const data = preview.data
  useEffect(() => {
    if (!data || preview.isPlaceholderData) return
    if (editing.current === 'text') setTree(asGroup(data.tree))
    else setText(data.rule)
  }, [data, preview.isPlaceholderData])

  const changeTree = (next: SegmentTree) => {
    editing.current = 'tree'
    setTree(next)
  }
  const applyText = () => {
    editing.current = 'text'
    setAsked(text.trim() ? { rule: text.trim() } : undefined)
  }
  const problem = preview.error && asked ? preview.error : undefined
  const save = async () => {
    setBusy(true)
    setNameProblem(undefined)
    try {
      const id = name.trim()
      if (!segment) {
        const all = await api.get<SegmentView[]>('/segments')
        if (all.some((s) => s.name === id)) {
          setNameProblem(t('nameTaken'))
          setBusy(false)
          return
        }
      }
      const shown = label.trim() || id
      const words = segment ? { ...segment.text, [f.locale]: shown } : { zh: shown, en: shown }
      await api.put(`/segments/${seg(id)}`, { rule: data?.rule ?? text, text: words })
      await client.invalidateQueries({ queryKey: ['/segments'] })
      toast.say(t('saved'))
      void navigate({ to: '/segments/$name', params: { name: id } })
    } catch (error) {
      if (error instanceof Fault && error.code.includes('name')) setNameProblem(faultText(error))
      else toast.fail(error)
      setBusy(false)
    }
  }
  return (
    <>
      <PageHead title={segment ? t('editTitle') : t('newTitle')} lead={t('builderLead')} />
      <div className="builder">
        <div className="stack">
          <Panel title={t('conditions')}>
            {fields.isError ? (
              <Failed error={fields.error} retry={() => void fields.refetch()} />
            ) : fields.data ? (
              <GroupEditor group={groupOf(tree)} fields={fields.data} onChange={(group) => changeTree(treeOf(group))} />
            ) : (
              <Skeleton lines={3} />
            )}
          </Panel>
          <Panel title={t('text')}>
            <textarea
              className="rule-text"
              aria-label={t('text')}
              aria-invalid={!!problem && editing.current === 'text'}
              aria-describedby="rule-note"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                editing.current = 'text'
                setText(event.target.value)
              }}
              onBlur={applyText}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) applyText()
              }}
            />
            <div className="row between" style={{ marginTop: 6 }}>
              <span
                id="rule-note"
                className={problem ? 'bad small prewrap grow' : 'muted small grow'}
                role={problem ? 'alert' : undefined}
              >
                {problem ? faultText(problem) : t('textHint')}
              </span>
              <Button size="small" onClick={applyText}>
                {t('apply')}
              </Button>
            </div>
          </Panel>
          <Panel title={t('save')}>
            <div className="form">
              <Field
                id="segment-label"
                label={t('label')}
                value={label}
                onChange={(event) => setLabel(event.target.value)}
              />
              <Field
                id="segment-name"
                label={t('name')}
                hint={t('nameHint')}
                problem={nameProblem}
                value={name}
                disabled={!!segment}
                onChange={(event) => setName(event.target.value)}
              />
              <div className="row">
                <Button
                  type="primary"
                  loading={busy}
                  disabled={!name.trim() || !data || !!problem}
                  onClick={() => void save()}
                >
                  {t('save')}
                </Button>
                <Button onClick={() => void navigate({ to: '/segments' })}>{common('cancel')}</Button>
              </div>
            </div>
          </Panel>
        </div>
        <aside className="stack" aria-label={t('count')}>
          <Preview preview={asked ? data : undefined} busy={preview.isFetching} />
        </aside>
      </div>
    </>
  )
}
