import type { Context } from '../context'
import type { Answer } from './answer'
import type { ApiError } from './api-error'
import { toXml, type XmlValue } from './xml'

/** One operation of the query protocol: form fields in, the members of the XML answer out. Throws `ApiError`. */
export type QueryOperation = (
  context: Context,
  fields: URLSearchParams,
) => { readonly [element: string]: XmlValue }

/** An AWS service that speaks form fields (`Action=…&Version=…`) and answers XML: STS and EC2 do. */
export type QueryService = {
  readonly name: string
  /** How IAM names its actions: `ec2` in `ec2:DescribeVpcs`. */
  readonly iamPrefix: string
  /** The API version that clients send, for example `2011-06-15`. */
  readonly version: string
  /** `query` (STS) and `ec2` differ only in their envelopes. */
  readonly dialect: 'query' | 'ec2'
  readonly namespace: string
  readonly operations: Readonly<Record<string, QueryOperation>>
}

const contentType = 'text/xml;charset=UTF-8'

/** The answer of `action` in the envelope of its dialect. */
export function queryAnswer(
  service: QueryService,
  action: string,
  output: { readonly [element: string]: XmlValue },
  requestId: string,
): Answer {
  const content =
    service.dialect === 'ec2'
      ? toXml({ requestId, ...output })
      : toXml({ [`${action}Result`]: output, ResponseMetadata: { RequestId: requestId } })
  return {
    status: 200,
    contentType,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="${service.namespace}">${content}</${action}Response>`,
  }
}

/** An error in the dialect's envelope. Without a service (unknown Action) the one of STS is used. */
export function queryErrorAnswer(
  dialect: 'query' | 'ec2',
  error: Pick<ApiError, 'code' | 'message' | 'status'>,
  requestId: string,
): Answer {
  const told = { Code: error.code, Message: error.message }
  const body =
    dialect === 'ec2'
      ? `<Response>${toXml({ Errors: { Error: told }, RequestID: requestId })}</Response>`
      : `<ErrorResponse>${toXml({
          Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', ...told },
          RequestId: requestId,
        })}</ErrorResponse>`
  return { status: error.status, contentType, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` }
}
