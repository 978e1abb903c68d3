import type { Ref } from '../../command'
import type { RenderTarget } from '../rendered'
import type { Fields } from '../value'
import { shellJson } from './shell-json'
import { shellWord } from './shell-word'

/** How a script of one target writes things. */
export type Shell = {
  readonly target: RenderTarget
  readonly variableOf: (ref: Ref) => string
}

/** The flags of every call: the region always, the endpoint only when it is not AWS's own. */
const place = ({ region, endpointUrl }: RenderTarget): readonly string[] => [
  `--region ${shellWord(region)}`,
  ...(endpointUrl === null ? [] : [`--endpoint-url ${shellWord(endpointUrl)}`]),
]

const CONTINUED = ' \\\n  '

/**
 * One `aws` call. Everything goes in as JSON, because the CLI reads a file or an address for a plain argument that begins with
 * `file://`, `fileb://` or `http://` (AWS CLI user guide, "Loading parameters from a file"), and takes one with `-` for an option.
 * `operation` is `ecs create-service`; `query` a JMESPath of ours.
 */
export const awsCall = (shell: Shell, operation: string, input: Fields, query: string | null): string =>
  awsCallOf(shell, operation, shellJson(input, shell.variableOf), query)

/** The same with the JSON as a shell word: in a function it is `"$1"`. */
export const awsCallOf = (shell: Shell, operation: string, json: string, query: string | null): string =>
  [
    `aws ${operation}`,
    ...place(shell.target),
    `--cli-input-json ${json}`,
    ...(query === null ? [] : [`--query ${shellWord(query)} --output text`]),
  ].join(CONTINUED)

/** `servicediscovery:CreateService` → `servicediscovery create-service`, as the CLI derives its names. */
export function operationOf(command: string): string {
  const [service = '', name = ''] = command.split(':')
  return `${service} ${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}`
}
