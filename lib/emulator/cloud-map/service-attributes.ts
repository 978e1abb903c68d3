import type {
  DeleteServiceAttributesRequest,
  GetServiceAttributesRequest,
  GetServiceAttributesResponse,
  UpdateServiceAttributesRequest,
} from '@aws-sdk/client-servicediscovery'
import type { Operation } from '../context'
import { ApiError } from '../wire/api-error'
import type { Wire } from '../wire/wire-type'
import { checkLength, checkRange } from './check'
import { requireService } from './find'

/** AWS general reference, "Cloud Map quotas". */
const maxServiceAttributes = 30

/** GetServiceAttributes. */
export const getServiceAttributes: Operation<
  Wire<GetServiceAttributesRequest>,
  Wire<GetServiceAttributesResponse>
> = ({ state, scope }, input) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  return {
    ServiceAttributes: {
      ServiceArn: service.arn,
      ResourceOwner: scope.accountId,
      Attributes: Object.fromEntries(service.attributes),
    },
  }
}

/** UpdateServiceAttributes: adds or overwrites the pairs given. */
export const updateServiceAttributes: Operation<
  Wire<UpdateServiceAttributesRequest>,
  Record<string, never>
> = ({ state }, input) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  const given = Object.entries(input.Attributes ?? {})
  checkRange('Number of Attributes', given.length, 1, maxServiceAttributes)
  const merged = new Map(service.attributes)
  for (const [key, value] of given) {
    checkLength('Attributes: key', key, 1, 255)
    checkLength(`Attributes.${key}`, value, 0, 1024)
    merged.set(key, value)
  }
  if (merged.size > maxServiceAttributes) {
    throw new ApiError(
      'ServiceAttributesLimitExceededException',
      `A service may have ${maxServiceAttributes} attributes; this request would make it ${merged.size}.`,
    )
  }
  service.attributes = merged
  return {}
}

/** DeleteServiceAttributes: keys that are not there are ignored. */
export const deleteServiceAttributes: Operation<
  Wire<DeleteServiceAttributesRequest>,
  Record<string, never>
> = ({ state }, input) => {
  const service = requireService(state.cloudMap, input.ServiceId ?? '')
  const keys = input.Attributes ?? []
  checkRange('Number of Attributes', keys.length, 1, maxServiceAttributes)
  for (const key of keys) checkLength('Attributes[]', key, 1, 255)
  for (const key of keys) service.attributes.delete(key)
  return {}
}
