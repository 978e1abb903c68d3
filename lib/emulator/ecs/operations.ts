import type { Operation } from '../context'
import { accountSettingOperations } from './account-settings/operations'
import { capacityProviderOperations } from './capacity-providers/operations'
import { clusterOperations } from './clusters/operations'
import { serviceDeploymentOperations } from './service-deployments/operations'
import { serviceOperations } from './services/operations'
import { tagOperations } from './tags/operations'
import { taskDefinitionListOperations } from './task-definitions/list-operations'
import { taskDefinitionOperations } from './task-definitions/operations'
import { taskOperations } from './tasks/operations'

/** Every ECS operation of the local cloud by its name. */
export const ecsOperations: Readonly<Record<string, Operation>> = {
  ...clusterOperations,
  ...taskDefinitionOperations,
  ...taskDefinitionListOperations,
  ...serviceOperations,
  ...serviceDeploymentOperations,
  ...capacityProviderOperations,
  ...accountSettingOperations,
  ...taskOperations,
  ...tagOperations,
}
