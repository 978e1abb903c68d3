import { ApiError } from '../wire/api-error'

/** ECS `InvalidParameterException`: a parameter by itself is wrong. */
export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message)

/** ECS `ClientException`: the parameters are well formed but do not fit together. */
export const clientFault = (message: string): ApiError => new ApiError('ClientException', message)

export const clusterNotFound = (): ApiError => new ApiError('ClusterNotFoundException', 'Cluster not found.')

/** A deleted cluster is still describable, but nothing can be done in it. */
export const clusterInactive = (): ApiError =>
  new ApiError('ClusterNotFoundException', 'The referenced cluster was inactive.')

export const serviceNotFound = (): ApiError => new ApiError('ServiceNotFoundException', 'Service not found.')

export const serviceNotActive = (): ApiError =>
  new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.')

export const namespaceNotFound = (name: string): ApiError =>
  new ApiError('NamespaceNotFoundException', `The namespace '${name}' was not found.`)

export const resourceNotFound = (arn: string): ApiError =>
  new ApiError('ResourceNotFoundException', `The specified resource could not be found: ${arn}`)
