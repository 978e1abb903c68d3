import { cloudMapOperations } from '../cloud-map/operations'
import { queryErrorCodes } from '../cloudwatch/errors'
import { cloudWatchOperations } from '../cloudwatch/operations'
import { ec2Operations } from '../ec2/operations'
import { agentOperations } from '../ecs/agent-operations'
import { ecsOperations } from '../ecs/operations'
import { logsOperations } from '../logs/operations'
import { stsOperations } from '../sts/operations'
import type { JsonService } from './json-service'
import type { QueryService } from './query-service'
import * as cloudMapTable from './tables/cloud-map'
import * as cloudWatchTable from './tables/cloudwatch'
import * as ecsTable from './tables/ecs'
import * as logsTable from './tables/logs'

/** The services that are routed by `X-Amz-Target`. */
export const jsonServices: readonly JsonService[] = [
  {
    name: 'ECS',
    iamPrefix: 'ecs',
    targetPrefix: 'AmazonEC2ContainerServiceV20141113',
    operations: ecsOperations,
    refusedOperations: agentOperations,
    ...ecsTable,
    invalidInputCode: 'InvalidParameterException',
    messageMember: 'message',
  },
  {
    name: 'Cloud Map',
    iamPrefix: 'servicediscovery',
    targetPrefix: 'Route53AutoNaming_v20170314',
    operations: cloudMapOperations,
    ...cloudMapTable,
    invalidInputCode: 'InvalidInput',
    messageMember: 'Message',
  },
  {
    name: 'CloudWatch Logs',
    iamPrefix: 'logs',
    targetPrefix: 'Logs_20140328',
    operations: logsOperations,
    ...logsTable,
    invalidInputCode: 'InvalidParameterException',
    messageMember: 'message',
  },
  {
    name: 'CloudWatch',
    iamPrefix: 'cloudwatch',
    targetPrefix: 'GraniteServiceVersion20100801',
    operations: cloudWatchOperations,
    ...cloudWatchTable,
    invalidInputCode: 'ValidationException',
    messageMember: 'message',
    queryErrorCodes,
  },
]

/** The services that are routed by the form fields `Action` and `Version`. */
export const queryServices: readonly QueryService[] = [
  {
    name: 'STS',
    iamPrefix: 'sts',
    version: '2011-06-15',
    dialect: 'query',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: stsOperations,
  },
  {
    name: 'EC2',
    iamPrefix: 'ec2',
    version: '2016-11-15',
    dialect: 'ec2',
    namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    operations: ec2Operations,
  },
]

/** Everything that the local cloud answers, for the table in the README. */
export const supportedOperations: readonly { readonly service: string; readonly operation: string }[] = [
  ...jsonServices,
  ...queryServices,
].flatMap(({ name, operations }) =>
  Object.keys(operations)
    .sort()
    .map((operation) => ({ service: name, operation })),
)
