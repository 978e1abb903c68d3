import * as cloudWatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ecs from '@aws-sdk/client-ecs'
import * as cloudMap from '@aws-sdk/client-servicediscovery'

/** Answered by every AWS service that speaks JSON, outside of the models. */
const common = ['SerializationException', 'UnknownOperationException']

const errorsOf = (sdk: object): ReadonlySet<string> => {
  const names = Object.values(sdk).flatMap((value: unknown) =>
    Array.isArray(value) && value[0] === -3 ? [String(value[2])] : [],
  )
  return new Set([...names, ...common])
}

/** The error codes that a service may answer, from the SDK's own model of it. */
export const modelledErrors: Readonly<Record<string, ReadonlySet<string>>> = {
  ECS: errorsOf(ecs),
  'Cloud Map': errorsOf(cloudMap),
  'CloudWatch Logs': errorsOf(logs),
  CloudWatch: errorsOf(cloudWatch),
}
