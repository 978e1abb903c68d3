import { parseArgs } from 'node:util'

/**
 * @typedef {object} StartOptions
 * @property {'local' | 'endpoint' | 'aws'} target
 * @property {string | undefined} endpointUrl
 * @property {string | undefined} profile
 * @property {string | undefined} region
 * @property {number} port
 * @property {number} emulatorPort
 * @property {boolean} readOnly
 * @property {boolean} requireToken
 * @property {boolean} shell
 * @property {boolean} empty
 * @property {boolean} strict
 * @property {'process' | 'simulated'} runtime
 * @property {string | undefined} stateDir
 * @property {boolean} ephemeral
 * @property {string | undefined} pollSeconds
 * @property {boolean} help
 */

export const usage = `npm start                     the local cloud with an example stack, and the console on it
npm start -- [options]

Which cloud (without one of these it is always the local cloud, whatever AWS_* says):
  --aws                       AWS, with credentials and region as the AWS SDK finds them
  --profile NAME              AWS, with this profile of ~/.aws
  --region REGION             AWS in this region (with --endpoint-url: the region to say there)
  --endpoint-url URL          another endpoint that speaks the AWS APIs: LocalStack, KECS, moto …

How:
  --port N                    the console's port (3000)
  --emulator-port N           the local cloud's port (4680)
  --read-only                 look, and call with GET; change nothing
  --require-token             only the printed address opens the console (always so for AWS and other endpoints)
  --shell                     operators may open shells in tasks (off without it)
  --poll-seconds N            how often to look (AWS 10, everything else 1)
  --empty                     the local cloud without the example stack
  --state-dir DIR             where state is kept: the local cloud's, plans and activity (~/.local/state/switchboard)
  --ephemeral                 the local cloud forgets everything when it ends
  --strict                    the local cloud refuses what AWS would refuse
  --runtime process|simulated how the local cloud runs tasks (process)
  --help                      this text
`

/** A port from text. @param {string} name @param {string | undefined} text @param {number} fallback */
function portFrom(name, text, fallback) {
  if (text === undefined) return fallback
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--${name} must be a port from 1 to 65535, not "${text}".`)
  return port
}

/**
 * @param {readonly string[]} args
 * @returns {StartOptions}
 * @throws {Error} with a sentence for a person when they make no sense together
 */
export function parseStartOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      aws: { type: 'boolean', default: false },
      profile: { type: 'string' },
      region: { type: 'string' },
      'endpoint-url': { type: 'string' },
      port: { type: 'string' },
      'emulator-port': { type: 'string' },
      'read-only': { type: 'boolean', default: false },
      'require-token': { type: 'boolean', default: false },
      shell: { type: 'boolean', default: false },
      'poll-seconds': { type: 'string' },
      empty: { type: 'boolean', default: false },
      'state-dir': { type: 'string' },
      ephemeral: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      runtime: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const endpointUrl = values['endpoint-url']
  if (
    endpointUrl !== undefined &&
    !/^https?:$/.test(URL.canParse(endpointUrl) ? new URL(endpointUrl).protocol : '')
  )
    throw new Error(`--endpoint-url must be an http or https address, not "${endpointUrl}".`)
  if (endpointUrl !== undefined && values.aws)
    throw new Error('--aws and --endpoint-url name two different clouds; give one of them.')
  const { runtime = 'process' } = values
  if (runtime !== 'process' && runtime !== 'simulated')
    throw new Error(`--runtime must be process or simulated, not "${runtime}".`)
  const pollSeconds = values['poll-seconds']
  if (pollSeconds !== undefined && !(Number(pollSeconds) >= 0.2))
    throw new Error('--poll-seconds must be a number of at least 0.2.')

  const target =
    endpointUrl !== undefined
      ? 'endpoint'
      : values.aws || values.profile !== undefined || values.region !== undefined
        ? 'aws'
        : 'local'
  if (values.shell && values['read-only'])
    throw new Error('--shell opens shells and --read-only changes nothing; give one of them.')
  const stateDir = values['state-dir']
  const own = values.empty || values.strict || values.ephemeral
  const given = [values['emulator-port'], values.runtime].some((value) => value !== undefined)
  if (target !== 'local' && (own || given))
    throw new Error(
      '--empty, --strict, --runtime, --emulator-port and --ephemeral belong to the local cloud, which does not start with this target.',
    )
  if (stateDir === '') throw new Error('--state-dir takes a folder.')
  if (stateDir !== undefined && values.ephemeral)
    throw new Error('--state-dir keeps the state and --ephemeral does not; give one of them.')
  const port = portFrom('port', values.port, 3000)
  const emulatorPort = portFrom('emulator-port', values['emulator-port'], 4680)
  if (target === 'local' && port === emulatorPort)
    throw new Error(
      `Console and local cloud cannot both have port ${port}; give --port or --emulator-port another.`,
    )
  return {
    target,
    endpointUrl,
    profile: values.profile,
    region: values.region,
    port,
    emulatorPort,
    readOnly: values['read-only'],
    requireToken: values['require-token'] || target !== 'local',
    shell: values.shell,
    empty: values.empty,
    strict: values.strict,
    runtime,
    stateDir,
    ephemeral: values.ephemeral,
    pollSeconds,
    help: values.help,
  }
}
