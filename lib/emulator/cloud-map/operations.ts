import type { Operation } from '../context'
import {
  deleteNamespace,
  updateHttpNamespace,
  updatePrivateDnsNamespace,
  updatePublicDnsNamespace,
} from './change-namespace'
import { createHttpNamespace, createPrivateDnsNamespace, createPublicDnsNamespace } from './create-namespace'
import { discoverInstances, discoverInstancesRevision } from './discover'
import {
  deregisterInstance,
  getInstance,
  getInstancesHealthStatus,
  listInstances,
  registerInstance,
  updateInstanceCustomHealthStatus,
} from './instances'
import { getNamespace, getOperation, listNamespaces, listOperations } from './read-namespaces'
import { deleteServiceAttributes, getServiceAttributes, updateServiceAttributes } from './service-attributes'
import { createService, deleteService, getService, listServices } from './services'
import { listTagsForResource, tagResource, untagResource } from './tags'
import { updateService } from './update-service'

/** All 30 operations of Cloud Map, by the name that follows the dot in `X-Amz-Target`. */
export const cloudMapOperations: Readonly<Record<string, Operation>> = {
  CreateHttpNamespace: createHttpNamespace,
  CreatePrivateDnsNamespace: createPrivateDnsNamespace,
  CreatePublicDnsNamespace: createPublicDnsNamespace,
  CreateService: createService,
  DeleteNamespace: deleteNamespace,
  DeleteService: deleteService,
  DeleteServiceAttributes: deleteServiceAttributes,
  DeregisterInstance: deregisterInstance,
  DiscoverInstances: discoverInstances,
  DiscoverInstancesRevision: discoverInstancesRevision,
  GetInstance: getInstance,
  GetInstancesHealthStatus: getInstancesHealthStatus,
  GetNamespace: getNamespace,
  GetOperation: getOperation,
  GetService: getService,
  GetServiceAttributes: getServiceAttributes,
  ListInstances: listInstances,
  ListNamespaces: listNamespaces,
  ListOperations: listOperations,
  ListServices: listServices,
  ListTagsForResource: listTagsForResource,
  RegisterInstance: registerInstance,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateHttpNamespace: updateHttpNamespace,
  UpdateInstanceCustomHealthStatus: updateInstanceCustomHealthStatus,
  UpdatePrivateDnsNamespace: updatePrivateDnsNamespace,
  UpdatePublicDnsNamespace: updatePublicDnsNamespace,
  UpdateService: updateService,
  UpdateServiceAttributes: updateServiceAttributes,
}
