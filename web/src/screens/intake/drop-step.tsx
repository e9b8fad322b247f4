import { InboxOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { upload } from '../../api/client.ts'
import type { Upload } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Banner, Bar } from '../../parts/tag.tsx'
import { useToast } from '../../parts/toast.tsx'
import { forgetDraft, sourceName, unfinished, writeDraft } from './draft.ts'
import { useIntake } from './words.ts'

export function DropStep() {
  const t = useIntake()
  const f = useFormat()
  const toast = useToast()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number>()
  const [open, setOpen] = useState(unfinished)
  const take = async (files: readonly File[]) => {
    if (!files.length) return
    setShare(0)
    try {
      const sent = await upload<Upload>('/uploads', files, setShare)
      writeDraft({ upload: sent, source: sourceName(sent.files[0]?.name ?? ''), files: {} })
      void navigate({ to: '/intake', search: { upload: sent.id, step: 'read' } })
    } catch (error) {
      toast.fail(error)
      setShare(undefined)
    }
  }
  return (
    <div className="stack">
      {open && (
        <Banner
          actions={
            <>
              <Button
                size="small"
                type="primary"
                onClick={() => void navigate({ to: '/intake', search: { upload: open, step: 'map' } })}
              >
                {t('resumeGo')}
              </Button>
              <Button
                size="small"
                onClick={() => {
                  forgetDraft(open)
                  setOpen(undefined)
                }}
              >
                {t('resumeDrop')}
              </Button>
            </>
          }
        >
          {t('resume')}
        </Banner>
      )}
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take([...event.dataTransfer.files])
        }}
      >
        <InboxOutlined aria-hidden />
        <h2>{t('dropTitle')}</h2>
        <p>{t('dropText')}</p>
        {share === undefined ? (
          <Button type="primary" size="large" onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
        ) : (
          <div style={{ width: 'min(360px, 100%)' }}>
            <Bar share={share} label={t('uploading', { share: f.pct(share, 0) })} running />
            <p className="small num">{t('uploading', { share: f.pct(share, 0) })}</p>
          </div>
        )}
        <p className="small muted">{t('private')}</p>
        <input
          ref={input}
          type="file"
          multiple
          className="file-input"
          tabIndex={-1}
          aria-label={t('filesInput')}
          onChange={(event) => void take([...(event.target.files ?? [])])}
        />
      </div>
    </div>
  )
}
