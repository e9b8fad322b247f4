export { createServer, type ServerOptions } from './app.ts'
export { createTasks, type Tasks } from './tasks.ts'
export { demoTask } from './demo.ts'
