import type { BrowserContext } from 'playwright-core'
import type { LiveServer } from './server.ts'

const account = { name: 'lin', password: 'river-of-rivers' }

/** Make the first login by the API, and give the cookie to a browser context. */
export async function signIn(server: LiveServer, context: BrowserContext): Promise<void> {
  const setup = await context.request.post(`${server.address}/api/setup`, {
    data: { ...account, token: server.setupToken },
  })
  if (!setup.ok()) {
    const login = await context.request.post(`${server.address}/api/session`, { data: account })
    if (!login.ok()) throw new Error(`login: ${login.status()} ${await login.text()}`)
  }
}

/** Load the demo shop and wait until its figures are there. */
export async function loadDemo(server: LiveServer, context: BrowserContext, customers: number): Promise<void> {
  const started = (await (
    await context.request.post(`${server.address}/api/demo`, { data: { customers, seed: 7 } })
  ).json()) as { id: string }
  for (;;) {
    const task = (await (await context.request.get(`${server.address}/api/tasks/${started.id}`)).json()) as {
      state: string
      error?: unknown
    }
    if (task.state === 'done') return
    if (task.state !== 'running') throw new Error(`demo: ${JSON.stringify(task.error)}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
