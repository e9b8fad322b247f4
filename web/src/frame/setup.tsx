import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import { api } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import { useFaultText } from '../parts/states.tsx'
import { Field, GateCard } from './gate-card.tsx'
import { useFrame } from './words.ts'

/** The login made at first start; the code from the terminal may come with the address (`#setup=…`). */
export function Setup() {
  const t = useFrame()
  const client = useQueryClient()
  const faultText = useFaultText()
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<{ name?: string; password?: string; again?: string; token?: string }>({})
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const of = (key: string) => String(form.get(key) ?? '').trim()
    const found: typeof problems = {}
    if (!of('token')) found.token = t('required')
    if (!of('name')) found.name = t('required')
    if (of('password').length < 10) found.password = t('passwordShort')
    else if (form.get('password') !== form.get('again')) found.again = t('passwordDiffers')
    setProblems(found)
    if (Object.keys(found).length) return
    setBusy(true)
    try {
      client.setQueryData(
        ['session'],
        await api.post<Session>('/setup', {
          name: of('name'),
          password: String(form.get('password')),
          token: of('token'),
        }),
      )
      history.replaceState(null, '', '/')
    } catch (problem) {
      setProblems({ token: faultText(problem) })
      setBusy(false)
    }
  }
  return (
    <GateCard title={t('setupTitle')} lead={t('setupLead')}>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          id="setup-token"
          name="token"
          label={t('setupToken')}
          hint={t('setupTokenHint')}
          problem={problems.token}
          autoComplete="off"
          defaultValue={/(?:setup|token)=([\w-]+)/.exec(location.hash + location.search)?.[1] ?? ''}
        />
        <Field id="setup-name" name="name" label={t('name')} problem={problems.name} autoComplete="username" />
        <Field
          id="setup-password"
          name="password"
          type="password"
          label={t('password')}
          hint={t('passwordHint')}
          problem={problems.password}
          autoComplete="new-password"
        />
        <Field
          id="setup-again"
          name="again"
          type="password"
          label={t('passwordAgain')}
          problem={problems.again}
          autoComplete="new-password"
        />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('create')}
        </Button>
      </form>
    </GateCard>
  )
}
