import { homedir } from 'node:os'
import { defaultConfig } from './config'
import type { Log } from './context'
import { readOptions, usage } from './options'
import { readLoopbackRemedy } from './runtime/loopback'
import { startLocalCloud } from './start'
import { chooseStateFolder } from './store/state-folder'
import { StoreError } from './store/store-error'
import { ListenError } from './wire/listen-error'

/** Warnings and errors go to standard error, so that the ready line is the only thing a script has to look for. */
const log: Log = (level, message) => {
  const stream = level === 'info' ? process.stdout : process.stderr
  stream.write(`${level === 'info' ? '' : `${level}: `}${message}\n`)
}

async function main(): Promise<void> {
  const command = readOptions(process.argv.slice(2))
  if (command.kind === 'help') {
    process.stdout.write(usage)
    return
  }
  if (command.kind === 'wrong') {
    process.stderr.write(`${command.reason}\n\n${usage}`)
    process.exitCode = 2
    return
  }

  const { port = defaultConfig.port } = command.config
  const stateDir = chooseStateFolder({ port, ...command.wish }, process.env, homedir())
  const cloud = await startLocalCloud({ ...command.config, stateDir, log })
  if (cloud.services.config.runtime === 'process') {
    const remedy = await readLoopbackRemedy()
    if (remedy) log('warn', remedy)
  }
  let ending = false
  const end = (exitCode: number) => {
    if (ending) return
    ending = true
    cloud.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log('error', `The local cloud did not end cleanly: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  process.on('SIGHUP', () => end(0))
  if (command.config.exitWithParent) {
    process.stdin
      .on('end', () => end(0))
      .on('close', () => end(0))
      .on('error', () => end(0))
    process.stdin.resume()
  }
  // Whoever reads what we say may be gone before us: a word that nobody hears must not become the next one.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  // One request or one task must not take the others down; what happened is told and the rest goes on.
  process.on('uncaughtException', (error) => log('error', `Unexpected: ${error.stack ?? error.message}`))
  process.on('unhandledRejection', (reason) => log('error', `Unexpected: ${String(reason)}`))
  process.stdout.write(`local cloud ready ${cloud.url} dns ${cloud.dns.host}:${cloud.dns.port}\n`)
}

main().catch((error: unknown) => {
  // A port that is taken or a folder that is in use is no fault of the program: one sentence, no stack trace.
  const isExpected = error instanceof ListenError || error instanceof StoreError
  const told = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${told}\n`)
  process.exit(isExpected ? 2 : 1)
})
