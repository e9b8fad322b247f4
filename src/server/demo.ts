import type { Platform } from '../platform.ts'
import type { Task } from './contract.ts'
import type { Tasks } from './tasks.ts'

/** Generate the demo shop and run the river over it, as a task. */
export function demoTask(platform: Platform, tasks: Tasks, options: { customers: number; seed: number }): Task {
  return tasks.start(
    { zh: `载入演示商城（${options.customers} 位客户）`, en: `Load the demo shop (${options.customers} customers)` },
    (work) => platform.demo(options, work),
  )
}
