import { startPlane } from './plane'
import { isPlaneCommand } from './plane-messages'

// The process that carries Service Connect's traffic. It is started by `make-data-plane` and ends with whoever started it.
const obey = startPlane((news) => {
  if (process.connected) process.send?.(news)
})
process.on('message', (message: unknown) => {
  if (isPlaneCommand(message)) obey(message)
})
// One connection must not take the others down; what happened is told and the rest goes on.
const tellUnexpected = (what: unknown): void => {
  process.stderr.write(
    `error: The data plane of Service Connect: ${what instanceof Error ? what.stack : String(what)}\n`,
  )
}
process.on('uncaughtException', tellUnexpected)
process.on('unhandledRejection', tellUnexpected)
process.on('disconnect', () => process.exit(0))
// Ctrl-C at a terminal reaches every process; the local cloud ends its tasks first, and this one with them.
process.on('SIGINT', () => {})
