import type { Context, Services } from '../context'
import type { Scope } from '../scope'
import type { RegionState } from '../state/region'
import { type Answer, jsonAnswer, jsonErrorAnswer } from './answer'
import { ApiError } from './api-error'
import { readScope } from './authorization'
import { parseJsonBody } from './json-body'
import type { JsonService } from './json-service'
import { type QueryService, queryAnswer, queryErrorAnswer } from './query-service'
import { compileValidator, type Validator } from './validator'

/** One API request, read completely. */
export type ApiRequest = {
  readonly target: string | undefined
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  readonly body: string
  readonly requestId: string
}

/** Answers API requests; never throws, whatever a handler does. */
export type Dispatch = (request: ApiRequest) => Answer

/** Builds the way from a request to its handler. Validators are compiled at the first use of each operation. */
export function makeDispatch(
  services: Services,
  jsonServices: readonly JsonService[],
  queryServices: readonly QueryService[],
): Dispatch {
  const byPrefix = new Map(jsonServices.map((service) => [service.targetPrefix, service]))
  const validators = new Map<string, Validator>()
  const contexts = new WeakMap<RegionState, Context>()
  const logOnce = makeLogOnce(services)

  const contextOf = (scope: Scope): Context => {
    const state = services.regions.of(scope)
    let context = contexts.get(state)
    if (!context) {
      context = { ...services, state, scope: state.scope }
      contexts.set(state, context)
    }
    return context
  }

  const validatorOf = (service: JsonService, operation: string): Validator => {
    const key = `${service.targetPrefix}.${operation}`
    let validator = validators.get(key)
    if (!validator) {
      validator = compileValidator(
        service.schemas[operation],
        service.enums,
        service.invalidInputCode,
        (member) =>
          logOnce('info', `${service.name} ${operation}: member ${member} is not in the API; ignored`),
      )
      validators.set(key, validator)
    }
    return validator
  }

  const failure = (error: unknown, doing: string): ApiError => {
    if (error instanceof ApiError) return error
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    services.log('error', `${doing} failed inside the local cloud: ${told}`)
    return new ApiError(
      'ServerException',
      'The local cloud failed to answer this request; its own output says why.',
      {},
      500,
    )
  }

  const unknownOperation = (message: string): Answer => {
    logOnce('warn', message)
    return jsonErrorAnswer(new ApiError('UnknownOperationException', message))
  }

  const answerJson = (request: ApiRequest, target: string): Answer => {
    const dot = target.lastIndexOf('.')
    const service = byPrefix.get(target.slice(0, dot))
    const operation = target.slice(dot + 1)
    if (!service) {
      return unknownOperation(
        `${printable(target)}: the local cloud has ${jsonServices.map(({ name }) => name).join(', ')}, not this service`,
      )
    }
    const handler = Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined
    if (!handler) {
      const refused = service.refusedOperations ?? {}
      const refusal = Object.hasOwn(refused, operation) ? refused[operation] : undefined
      if (refusal !== undefined)
        return jsonErrorAnswer(new ApiError('AccessDeniedException', refusal), service.messageMember)
      return unknownOperation(
        service.knownOperations.includes(operation)
          ? `${service.name} ${operation} is an operation of AWS that the local cloud does not have`
          : `${service.name} has no operation ${printable(operation)}`,
      )
    }
    try {
      const scope = readScope(request.authorization, services.config.defaultAccountId)
      const input = validatorOf(service, operation)(parseJsonBody(request.body))
      // The validator has just checked the input against this operation's schema.
      return jsonAnswer(handler(contextOf(scope), input as never))
    } catch (error) {
      return jsonRefusal(service, failure(error, `${service.name} ${operation}`))
    }
  }

  const answerQuery = (request: ApiRequest): Answer => {
    const fields = new URLSearchParams(request.body)
    const action = fields.get('Action') ?? ''
    const service = queryServices.find(({ version }) => version === fields.get('Version'))
    const dialect = service?.dialect ?? 'query'
    try {
      const handler =
        service && Object.hasOwn(service.operations, action) ? service.operations[action] : undefined
      if (!service || !handler) {
        const message = `${service?.name ?? 'The local cloud'} has no action ${printable(action)} for version ${printable(fields.get('Version') ?? '')}`
        logOnce('warn', message)
        throw new ApiError('InvalidAction', message)
      }
      const scope = readScope(request.authorization, services.config.defaultAccountId)
      return queryAnswer(service, action, handler(contextOf(scope), fields), request.requestId)
    } catch (error) {
      return queryErrorAnswer(
        dialect,
        failure(error, `${service?.name ?? 'Query'} ${action}`),
        request.requestId,
      )
    }
  }

  return (request) => {
    if (request.target !== undefined) return answerJson(request, request.target)
    if (request.contentType?.startsWith('application/x-www-form-urlencoded')) return answerQuery(request)
    return unknownOperation(
      'The request names no operation: send X-Amz-Target (ECS, Cloud Map, Logs, CloudWatch) or form fields with Action and Version (STS, EC2).',
    )
  }
}

/** Services that once spoke the query protocol tell its code and who is to blame in a header. */
function jsonRefusal(service: JsonService, error: ApiError): Answer {
  const answer = jsonErrorAnswer(error, service.messageMember)
  if (!service.queryErrorCodes) return answer
  const code = service.queryErrorCodes[error.code] ?? error.code
  const headers = { 'x-amzn-query-error': `${code};${error.status < 500 ? 'Sender' : 'Receiver'}` }
  return { ...answer, headers }
}

const printable = (text: string): string => JSON.stringify(text.slice(0, 200))

/** Logs a message the first time only; forgets beyond a bound, so that hostile names cannot fill the memory. */
function makeLogOnce({ log }: Services): Services['log'] {
  const seen = new Set<string>()
  return (level, message) => {
    if (seen.has(message)) return
    if (seen.size >= 1_000) seen.clear()
    seen.add(message)
    log(level, message)
  }
}
