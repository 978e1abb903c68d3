const forAgents = (operation: string): string =>
  `${operation} is only used by the Amazon ECS container agent. The local cloud runs tasks itself and has no agents to hear from.`

/** Operations that the local cloud refuses by name, with the sentence to say about each. */
export const agentOperations: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'DiscoverPollEndpoint',
    'RegisterContainerInstance',
    'SubmitAttachmentStateChanges',
    'SubmitContainerStateChange',
    'SubmitTaskStateChange',
  ].map((operation) => [operation, forAgents(operation)]),
)
