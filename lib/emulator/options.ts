import { parseArgs } from 'node:util'
import type { EmulatorConfig } from './config'
import type { StateWish } from './store/state-folder'

export const usage = `The local cloud: Amazon ECS and AWS Cloud Map on this machine, with real processes for tasks.

  --port N                 the API's port on 127.0.0.1 (4680; 0 takes any free one)
  --dns-port N             the DNS server's port (any free one)
  --runtime R              process: tasks are processes (default); simulated: no processes, for measuring
  --strict                 refuse what AWS would refuse, instead of honouring it with a warning
  --empty                  start with nothing in it; without it npm start and npm run emulator make the example stack
  --operation-delay-ms N   how long a Cloud Map operation takes (300)
  --allow-host NAME        a further Host name to answer to; may be given several times
  --state-dir DIR          where its state is kept, so that it survives (~/.local/state/switchboard/cloud-PORT)
  --ephemeral              keep nothing: an end is the end of everything in it; so with --port 0 and no --state-dir
  --exit-with-parent       end when standard input closes
  --faults                 let tests break calls by POST /_local/faults
  --help                   this text
`

/** What the command line asks for: to run, to print the usage, or neither, with the reason. */
export type Command =
  | {
      readonly kind: 'run'
      readonly config: Partial<EmulatorConfig>
      /** Where to keep the state; the rest of the choice needs to know this machine. */
      readonly wish: Omit<StateWish, 'port'>
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string }

/** Reads the flags; throws nothing. */
export function readOptions(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'dns-port': { type: 'string' },
        runtime: { type: 'string' },
        strict: { type: 'boolean' },
        empty: { type: 'boolean' },
        'operation-delay-ms': { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        'state-dir': { type: 'string' },
        ephemeral: { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
        faults: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) return { kind: 'help' }
    const { runtime } = values
    if (runtime !== undefined && runtime !== 'process' && runtime !== 'simulated') {
      throw new Error(`--runtime is process or simulated, not ${runtime}.`)
    }
    const stateDir = values['state-dir']
    if (stateDir === '') throw new Error('--state-dir takes a folder.')
    if (stateDir !== undefined && values.ephemeral)
      throw new Error('--state-dir keeps the state and --ephemeral does not; give one of them.')
    return {
      kind: 'run',
      wish: { stateDir, ephemeral: values.ephemeral },
      config: {
        ...optional('port', readNumber('--port', values.port, 65_535)),
        ...optional('dnsPort', readNumber('--dns-port', values['dns-port'], 65_535)),
        ...optional(
          'operationDelayMs',
          readNumber('--operation-delay-ms', values['operation-delay-ms'], 600_000),
        ),
        ...optional('runtime', runtime),
        ...optional('strict', values.strict),
        ...optional('extraHosts', values['allow-host']),
        ...optional('exitWithParent', values['exit-with-parent']),
        ...optional('faults', values.faults),
      },
    }
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) }
  }
}

const optional = <K extends keyof EmulatorConfig>(key: K, value: EmulatorConfig[K] | undefined) =>
  value === undefined ? {} : { [key]: value }

function readNumber(flag: string, text: string | undefined, maximum: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= maximum) return value
  throw new Error(`${flag} takes a whole number from 0 to ${maximum}, not ${JSON.stringify(text)}.`)
}
