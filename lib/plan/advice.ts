/** What an error of AWS usually means, and what a person can do about it. */
export type Advice = { readonly means: string; readonly remedy: string }

/**
 * Why an operation of Cloud Map ended in FAIL, by its ErrorCode (Cloud Map API reference, Operation: these seven). Nothing is left of
 * such an operation.
 */
export const operationAdvice: Readonly<Record<string, Advice>> = {
  ACCESS_DENIED: {
    means: 'Cloud Map may not do this in Route 53 with the permissions of the console.',
    remedy:
      'Allow route53:CreateHostedZone, route53:GetHostedZone, route53:ListHostedZonesByName, route53:DeleteHostedZone and ec2:DescribeVpcs, then retry.',
  },
  CANNOT_CREATE_HOSTED_ZONE: {
    means: 'The VPC already has a hosted zone for this name or one that overlaps it.',
    remedy: 'Use the namespace that is there, or choose another name or VPC; Undo takes back what was made.',
  },
  EXPIRED_TOKEN: {
    means: 'The credentials ended while Cloud Map was at work.',
    remedy: 'Renew them, then retry.',
  },
  HOSTED_ZONE_NOT_FOUND: {
    means: 'The hosted zone of the namespace was deleted in Route 53.',
    remedy: 'Delete the namespace and make it again.',
  },
  INTERNAL_FAILURE: {
    means: 'AWS had a fault of its own.',
    remedy: 'Retry; if it stays, open a case with the operation id.',
  },
  INVALID_CHANGE_BATCH: {
    means:
      'Route 53 did not take the records: another record of this name and another type or policy is there.',
    remedy: 'Look at the hosted zone of the namespace and remove the record that is in the way, then retry.',
  },
  THROTTLED_REQUEST: {
    means: 'Route 53 limits the changes of this account (5 requests per second).',
    remedy: 'Wait a moment, then retry.',
  },
}

type Rule = { readonly name: RegExp; readonly text?: RegExp; readonly advice: Advice }

const rules: readonly Rule[] = [
  {
    name: /./,
    text: /service linked role/i,
    advice: {
      means: 'The account has never used ECS, and the role that ECS works with is not there yet.',
      remedy:
        'Run aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, wait a few seconds, then retry.',
    },
  },
  {
    name: /./,
    text: /was not idempotent/i,
    advice: {
      means: 'A service of this name is there already, with other settings.',
      remedy: 'Change that service, or choose another name.',
    },
  },
  {
    name: /./,
    text: /still draining/i,
    advice: {
      means: 'A service of this name was deleted, and its last tasks are still being stopped.',
      remedy: 'Retry when it is gone; a minute is usual.',
    },
  },
  {
    name: /^(ClientException|InvalidParameterException)$/,
    text: /assume|PassRole|role.*(valid|trust)|ECS was unable to assume/i,
    advice: {
      means: 'ECS may not take on a role that the task definition names.',
      remedy: 'Let ecs-tasks.amazonaws.com assume the role, and allow iam:PassRole for it, then retry.',
    },
  },
  {
    name: /^ClusterNotFoundException$/,
    advice: {
      means: 'The cluster is not in this account and region, or was deleted.',
      remedy: 'Look at the map and choose a cluster that is there.',
    },
  },
  {
    name: /^(ServiceNotFoundException|ServiceNotActiveException)$/,
    advice: {
      means: 'The service was deleted, or is in another cluster.',
      remedy: 'Look at the map; make it again if it is needed.',
    },
  },
  {
    name: /^NamespaceAlreadyExists$/,
    advice: {
      means: 'A namespace of this name and type is there already.',
      remedy: 'Use it instead of a new one, or choose another name.',
    },
  },
  {
    name: /^ServiceAlreadyExists$/,
    advice: {
      means: 'The namespace has a discovery service of this name already.',
      remedy: 'Use it instead of a new one, or choose another name.',
    },
  },
  {
    name: /^(NamespaceNotFound|NamespaceNotFoundException)$/,
    advice: {
      means: 'The namespace is not in this account and region, or was deleted.',
      remedy: 'Look at the map; a shared namespace is named by its ARN.',
    },
  },
  {
    name: /^ServiceNotFound$/,
    advice: {
      means: 'The discovery service was deleted.',
      remedy: 'Look at the map; make it again if it is needed.',
    },
  },
  {
    name: /^ResourceInUse$/,
    text: /instance/i,
    advice: {
      means:
        'Instances are still registered in the discovery service. ECS takes its own out some seconds after a task has ended.',
      remedy: 'Retry in a moment; deregister those that no task stands behind.',
    },
  },
  {
    name: /^ResourceInUse$/,
    advice: {
      means:
        'The namespace still holds discovery services. ECS removes those of Service Connect some minutes after its service is deleted.',
      remedy: 'Delete them first, or retry in a few minutes.',
    },
  },
  {
    name: /^DuplicateRequest$/,
    advice: {
      means: 'Another operation on the same thing is still running.',
      remedy: 'Retry when it has ended; a minute is usual.',
    },
  },
  {
    name: /^(ResourceLimitExceeded|LimitExceededException|ServiceQuotaExceededException|TooManyTagsException)$/,
    advice: {
      means: 'A quota of this account and region is used up.',
      remedy: 'Delete what is not needed, or ask for more in Service Quotas, then retry.',
    },
  },
  {
    name: /^ClusterContains/,
    advice: {
      means: 'The cluster still has services, tasks or container instances.',
      remedy: 'Delete the services and stop the tasks first, then retry.',
    },
  },
  {
    name: /^UpdateInProgressException$/,
    advice: {
      means: 'The cluster is being changed.',
      remedy: 'Retry in a moment.',
    },
  },
  {
    name: /^(PlatformUnknownException|PlatformTaskDefinitionIncompatibilityException)$/,
    advice: {
      means: 'The platform version lacks something that the task definition needs.',
      remedy: 'Use the platform version LATEST.',
    },
  },
  {
    name: /^UnsupportedFeatureException$/,
    advice: {
      means: 'This is not offered in this region.',
      remedy: 'Leave it out, or use another region.',
    },
  },
  {
    name: /^ServiceDeploymentNotFoundException$/,
    advice: {
      means: 'ECS does not know this deployment any more.',
      remedy: 'Look at the service on the map; the deployment may have ended meanwhile.',
    },
  },
  {
    name: /^ConflictException$/,
    text: /deployment/i,
    advice: {
      means: 'The deployment has ended, or is being stopped already.',
      remedy: 'Look at the service on the map; undo the change that began it if it is not wanted.',
    },
  },
  {
    name: /^ConflictException$/,
    advice: {
      means: 'AWS knows this request by its token, with another content.',
      remedy: 'Start the change anew.',
    },
  },
  {
    name: /^TaskNotStarted$/,
    text: /RESOURCE:|capacity/i,
    advice: {
      means: 'There is no room for the task.',
      remedy: 'Retry in a moment, choose other subnets, or a smaller task.',
    },
  },
  {
    name: /^TaskNotStarted$/,
    advice: {
      means: 'ECS took the request and started no task.',
      remedy: 'Put right what it says, then retry.',
    },
  },
  {
    name: /^(ClientException|InvalidParameterException|InvalidInput|InvalidParameterValueException|SerializationException|ValidationException)$/,
    advice: {
      means: 'AWS does not take the settings as they are.',
      remedy: 'Undo what was made, correct the settings and start the change anew.',
    },
  },
  {
    name: /^(ServerException|InternalFailure|InternalServerError|ServiceUnavailable|ServiceUnavailableException)$/,
    advice: {
      means: 'AWS had a fault of its own.',
      remedy: 'Retry; if it stays, look at the AWS Health Dashboard.',
    },
  },
]

/** What an error of AWS usually means; null: nothing is known about it. */
export function adviceFor(name: string, message: string): Advice | null {
  const rule = rules.find((one) => one.name.test(name) && (one.text?.test(message) ?? true))
  return rule?.advice ?? null
}

/** AWS's sentence, and what it usually means. */
export const explain = (message: string, means: string): string => {
  const told = message.trim()
  if (told === '') return means
  return `${/[.!?]$/.test(told) ? told : `${told}.`} ${means}`
}
