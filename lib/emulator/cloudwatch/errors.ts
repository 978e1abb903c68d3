import { ApiError } from '../wire/api-error'

/** What GetMetricData and ListMetrics say of a wrong parameter; older clients know it as `ValidationError`. */
export const validationError = (message: string): ApiError => new ApiError('ValidationException', message)

export const invalidNextToken = (): ApiError =>
  new ApiError('InvalidNextToken', 'The specified NextToken is invalid.')

export const invalidValue = (message: string): ApiError =>
  new ApiError('InvalidParameterValueException', message)

export const invalidCombination = (message: string): ApiError =>
  new ApiError('InvalidParameterCombinationException', message)

/** How clients of the older query protocol know these errors (header `x-amzn-query-error`). */
export const queryErrorCodes: Readonly<Record<string, string>> = {
  ValidationException: 'ValidationError',
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
}
