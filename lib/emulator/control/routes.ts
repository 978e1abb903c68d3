import type { EmulatorConfig } from '../config'
import type { Answer } from '../wire/answer'
import { jsonErrorAnswer } from '../wire/answer'
import { ApiError } from '../wire/api-error'
import { isSimpleContentType } from '../wire/host-guard'
import type { ControlRoute } from '../wire/server'

/** What the control routes stand on. */
export type Control = {
  readonly config: EmulatorConfig
  readonly dns: () => { readonly host: string; readonly port: number }
  readonly pid: number
  /** Empties the local cloud; every task is stopped before it resolves. */
  reset(): Promise<void>
}

/** The routes below `/_local/`. Host and Origin were checked before they are reached. */
export const makeControlRoute =
  (control: Control): ControlRoute =>
  (method, path, contentType) => {
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
    return undefined
  }

const healthOf = ({ config, dns, pid }: Control) => ({
  status: 'ok',
  service: 'switchboard-local-cloud',
  runtime: config.runtime,
  dns: dns(),
  strict: config.strict,
  accountId: config.defaultAccountId,
  region: config.defaultRegion,
  pid,
})

const plainJson = (status: number, value: unknown): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
})

const notAllowed = (method: string, allowed: string): Answer =>
  jsonErrorAnswer(
    new ApiError('MethodNotAllowed', `Use ${allowed} here, not ${method.slice(0, 20)}.`, {}, 405),
  )
