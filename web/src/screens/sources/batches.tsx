import { Button, Modal } from 'antd'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { BatchView, Task } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNames } from '../../parts/names.ts'
import { Failed, Skeleton } from '../../parts/states.tsx'
import { DataTable } from '../../parts/table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { usePaged } from '../../parts/use-paged.ts'
import { useCommon } from '../../parts/words.ts'
import { useSources } from './words.ts'

/** Undo shows what it will take away before it is done: it changes every figure. */
export function useUndoImport(): { ask(batch: BatchView): void; dialog: React.ReactNode } {
  const t = useSources()
  const common = useCommon()
  const f = useFormat()
  const toast = useToast()
  const { add } = useTasks()
  const [batch, setBatch] = useState<BatchView>()
  const undo = async () => {
    if (!batch) return
    setBatch(undefined)
    try {
      add(await api.post<Task>(`/batches/${batch.batch}/undo`))
      toast.say(t('undoStarted', { batch: batch.batch }))
    } catch (error) {
      toast.fail(error)
    }
  }
  return {
    ask: setBatch,
    dialog: (
      <Modal
        open={!!batch}
        onCancel={() => setBatch(undefined)}
        onOk={() => void undo()}
        okText={t('undoYes')}
        cancelText={common('cancel')}
        okButtonProps={{ danger: true }}
        title={t('undoTitle', { batch: batch?.batch ?? '' })}
      >
        {batch && <p>{t('undoText', { n: f.n(batch.stored) })}</p>}
      </Modal>
    ),
  }
}

export function Batches({ source }: { source: string }) {
  const t = useSources()
  const common = useCommon()
  const f = useFormat()
  const { tableName } = useNames()
  const { ask, dialog } = useUndoImport()
  const list = usePaged<BatchView>('/batches', { source, limit: 50 })
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />
  if (!list.items)
    return (
      <div className="panel-body">
        <Skeleton />
      </div>
    )
  if (!list.items.length) return <p className="panel-body muted">{t('noBatches')}</p>
  return (
    <>
      <DataTable
        caption={t('batchesTitle')}
        maxHeight={480}
        rows={list.items}
        rowKey={(b) => String(b.batch)}
        cols={[
          {
            key: 'file',
            head: t('file'),
            cell: (b) => <span title={`${b.path} · ${f.bytes(b.bytes)}`}>{b.path.split('/').at(-1)}</span>,
          },
          { key: 'dataset', head: t('dataset'), cell: (b) => tableName(b.dataset) },
          { key: 'taken', head: t('taken'), nowrap: true, cell: (b) => f.time(b.takenAt) },
          { key: 'read', head: t('read'), num: true, cell: (b) => f.n(b.rowsRead) },
          { key: 'stored', head: t('stored'), num: true, cell: (b) => f.n(b.stored) },
          { key: 'duplicate', head: t('duplicate'), num: true, cell: (b) => f.n(b.duplicate) },
          { key: 'quarantine', head: t('quarantine'), num: true, cell: (b) => f.n(b.quarantined) },
          { key: 'skipped', head: t('skipped'), num: true, cell: (b) => f.n(b.skipped) },
          { key: 'copies', head: t('copies'), num: true, cell: (b) => f.n(b.copies) },
          {
            key: 'undo',
            head: <span className="sr-only">{t('undo')}</span>,
            nowrap: true,
            cell: (b) =>
              b.undoneAt ? (
                <Tag icon>{t('undone', { day: f.day(b.undoneAt) })}</Tag>
              ) : (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => ask(b)}
                  aria-label={`${t('undo')} ${b.path}`}
                >
                  {t('undo')}
                </button>
              ),
          },
        ]}
      />
      {list.hasNextPage && (
        <div className="panel-body">
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {common('more')}
          </Button>
        </div>
      )}
      {dialog}
    </>
  )
}
