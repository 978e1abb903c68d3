import type { Answer } from './answer'
import { jsonErrorAnswer } from './answer'
import type { ApiError } from './api-error'
import type { ApiRequest } from './dispatch'
import type { JsonService } from './json-service'
import { type QueryService, queryErrorAnswer } from './query-service'

/** What a request asks for, in IAM's words, and how its service would refuse it. */
export type Action = {
  /** For example `ecs:CreateService`. */
  readonly name: string
  readonly iamPrefix: string
  refuse(error: Pick<ApiError, 'code' | 'message' | 'members' | 'status'>): Answer
}

/** Reads a request only as far as its operation's name; undefined when it names none that we know the service of. */
export function nameAction(
  request: ApiRequest,
  jsonServices: readonly JsonService[],
  queryServices: readonly QueryService[],
): Action | undefined {
  if (request.target !== undefined) {
    const dot = request.target.lastIndexOf('.')
    const prefix = request.target.slice(0, dot)
    const service = jsonServices.find(({ targetPrefix }) => targetPrefix === prefix)
    if (!service) return undefined
    return {
      name: `${service.iamPrefix}:${request.target.slice(dot + 1)}`,
      iamPrefix: service.iamPrefix,
      refuse: (error) => jsonErrorAnswer(error, service.messageMember),
    }
  }
  if (!request.contentType?.startsWith('application/x-www-form-urlencoded')) return undefined
  const fields = new URLSearchParams(request.body)
  const service = queryServices.find(({ version }) => version === fields.get('Version'))
  if (!service) return undefined
  return {
    name: `${service.iamPrefix}:${fields.get('Action') ?? ''}`,
    iamPrefix: service.iamPrefix,
    refuse: (error) => queryErrorAnswer(service.dialect, error, request.requestId),
  }
}
