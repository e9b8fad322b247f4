import { CaretRightOutlined, PauseOutlined, SyncOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { api, seg } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { SourceView, Task } from '../../api/types.ts'
import { useToast } from '../../parts/toast.tsx'
import { useSources } from './words.ts'

export function SourceActions({ source }: { source: SourceView }) {
  const t = useSources()
  const toast = useToast()
  const client = useQueryClient()
  const { add } = useTasks()
  const setPaused = async (paused: boolean) => {
    try {
      await api.post(`/sources/${seg(source.id)}/${paused ? 'pause' : 'resume'}`)
      await client.invalidateQueries({ queryKey: ['/sources'] })
      toast.say(t(paused ? 'pausedNow' : 'resumedNow', { name: source.id }), { undo: () => void setPaused(!paused) })
    } catch (error) {
      toast.fail(error)
    }
  }
  const run = async () => {
    try {
      add(await api.post<Task>(`/sources/${seg(source.id)}/run`))
      toast.say(t('started', { name: source.id }))
    } catch (error) {
      toast.fail(error)
    }
  }
  return (
    <div className="row push">
      <Button icon={<SyncOutlined aria-hidden />} onClick={() => void run()} disabled={source.paused}>
        {t('run')}
      </Button>
      <Button
        icon={source.paused ? <CaretRightOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
        onClick={() => void setPaused(!source.paused)}
      >
        {t(source.paused ? 'resume' : 'pause')}
      </Button>
    </div>
  )
}
