import type { EmulatorConfig } from '../config'
import type { Keeper } from '../store/keeper'
import { jsonErrorAnswer } from '../wire/answer'
import { ApiError } from '../wire/api-error'
import { isSimpleContentType } from '../wire/host-guard'
import type { ControlRoute } from '../wire/server'
import { answerFaults } from './fault-routes'
import type { FaultSwitchboard } from './fault-switchboard'
import type { Inventory } from './inventory'
import { notAllowed, plainJson } from './json-answers'

/** What the control routes stand on. */
export type Control = {
  readonly config: EmulatorConfig
  readonly dns: () => { readonly host: string; readonly port: number }
  readonly pid: number
  /** How the state is kept; undefined when it is in memory only. */
  readonly state?:
    | { readonly folder: string; readonly restored: boolean; readonly keeper: Pick<Keeper, 'failure'> }
    | undefined
  /** Container ports below it are reached elsewhere; see `reachedPort`. */
  readonly lowestPort: () => number
  /** The switchboard, and the ids of its faults; only there when the local cloud was started with it. */
  readonly faults?: { readonly switchboard: FaultSwitchboard; readonly makeId: () => string } | undefined
  /** How many records of each kind there are. */
  readonly inventory: () => Inventory
  /** Empties the local cloud; every task is stopped before it resolves. */
  reset(): Promise<void>
}

/** The routes below `/_local/`. Host and Origin were checked before they are reached. */
export const makeControlRoute =
  (control: Control): ControlRoute =>
  (method, path, contentType, body) => {
    if (path === '/_local/health') {
      return method === 'GET' ? plainJson(200, healthOf(control)) : notAllowed(method, 'GET')
    }
    if (path === '/_local/reset') {
      if (method !== 'POST') return notAllowed(method, 'POST')
      if (isSimpleContentType(contentType)) {
        return jsonErrorAnswer(
          new ApiError(
            'UnsupportedMediaType',
            'A web page could send this content type without asking; send application/json, or no body.',
            {},
            415,
          ),
        )
      }
      return control.reset().then(() => plainJson(200, { status: 'empty' }))
    }
    if (path === '/_local/inventory') {
      return method === 'GET' ? plainJson(200, control.inventory()) : notAllowed(method, 'GET')
    }
    if (!path.startsWith('/_local/faults')) return undefined
    if (!control.faults) {
      return jsonErrorAnswer(
        new ApiError(
          'NotFound',
          'This local cloud has no fault switchboard; start it with --faults.',
          {},
          404,
        ),
      )
    }
    const { switchboard, makeId } = control.faults
    return answerFaults(switchboard, makeId, { method, path, contentType, body })
  }

const healthOf = ({ config, dns, pid, lowestPort, state }: Control) => ({
  status: 'ok',
  service: 'switchboard-local-cloud',
  runtime: config.runtime,
  dns: dns(),
  strict: config.strict,
  accountId: config.defaultAccountId,
  region: config.defaultRegion,
  pid,
  faults: config.faults,
  lowestPort: lowestPort(),
  // Whoever fills a fresh local cloud looks here first: what its user removed stays removed.
  restored: state?.restored ?? false,
  state: state ? { folder: state.folder, failure: state.keeper.failure?.message } : null,
})
