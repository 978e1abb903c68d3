import { ApiError } from '../wire/api-error'
import type { Fault } from './fault'

/** The error that a fault answers instead of the operation; undefined for kinds that answer none. */
export function errorOfFault(
  fault: Fault,
  action: { readonly name: string; readonly iamPrefix: string },
  accountId: string,
): ApiError | undefined {
  switch (fault.kind) {
    case 'throttle':
      // EC2 has a code and a status of its own (EC2 API reference, "Error codes").
      return action.iamPrefix === 'ec2'
        ? new ApiError('RequestLimitExceeded', 'Request limit exceeded.', {}, 503)
        : new ApiError('ThrottlingException', 'Rate exceeded')
    case 'deny':
      return new ApiError(
        deniedCodes[action.iamPrefix] ?? 'AccessDeniedException',
        `User: arn:aws:iam::${accountId}:user/local is not authorized to perform: ${action.name} on resource: * ` +
          `because no identity-based policy allows the ${action.name} action`,
        {},
        deniedStatuses[action.iamPrefix] ?? 400,
      )
    case 'error':
      return new ApiError(fault.code, fault.message, {}, fault.status)
    default:
      return undefined
  }
}

const deniedCodes: Readonly<Record<string, string>> = { ec2: 'UnauthorizedOperation', sts: 'AccessDenied' }
const deniedStatuses: Readonly<Record<string, number>> = { ec2: 403, sts: 403 }
