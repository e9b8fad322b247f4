import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { api, seg } from '../../api/client.ts'
import { useTasks } from '../../api/tasks.tsx'
import type { Task } from '../../api/types.ts'
import { Field } from '../../frame/gate-card.tsx'
import { useFaultText } from '../../parts/states.tsx'
import { useToast } from '../../parts/toast.tsx'
import { useCommon } from '../../parts/words.ts'
import { useSources } from './words.ts'

/** A folder, file or glob on the server's machine; its mapping is suggested from what is found. */
export function AddSource({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useSources()
  const common = useCommon()
  const toast = useToast()
  const faultText = useFaultText()
  const client = useQueryClient()
  const { add } = useTasks()
  const [id, setId] = useState('')
  const [path, setPath] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await api.put(`/sources/${seg(id.trim())}`, { connector: 'file', config: { path: path.trim() }, watch: false })
      await client.invalidateQueries({ queryKey: ['/sources'] })
      add(await api.post<Task>(`/sources/${seg(id.trim())}/run`))
      toast.say(t('added', { name: id.trim() }))
      onClose()
      setId('')
      setPath('')
    } catch (error) {
      setProblem(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('addTitle')}
      okText={t('add')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: !/^[\p{L}\p{N}_-]+$/u.test(id.trim()) || !path.trim(), loading: busy }}
      onOk={() => void save()}
      destroyOnHidden
    >
      <div className="form">
        <Field
          id="source-id"
          label={t('addId')}
          hint={t('addIdHint')}
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
        <Field
          id="source-path"
          label={t('path')}
          hint={t('pathHint')}
          value={path}
          onChange={(event) => setPath(event.target.value)}
          problem={problem}
        />
      </div>
    </Modal>
  )
}
