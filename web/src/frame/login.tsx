import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import { api } from '../api/client.ts'
import type { Session } from '../api/types.ts'
import { useFaultText } from '../parts/states.tsx'
import { Field, GateCard } from './gate-card.tsx'
import { useFrame } from './words.ts'

export function Login() {
  const t = useFrame()
  const client = useQueryClient()
  const faultText = useFaultText()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(undefined)
    try {
      client.setQueryData(
        ['session'],
        await api.post<Session>('/session', { name: form.get('name'), password: form.get('password') }),
      )
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <GateCard title={t('loginTitle')} lead={t('tagline')}>
      <form className="form" onSubmit={submit}>
        <Field id="login-name" name="name" label={t('name')} autoComplete="username" required autoFocus />
        <Field
          id="login-password"
          name="password"
          type="password"
          label={t('password')}
          autoComplete="current-password"
          required
          problem={error ? faultText(error) : undefined}
        />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('signIn')}
        </Button>
      </form>
    </GateCard>
  )
}
