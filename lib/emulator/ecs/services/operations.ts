import { createService } from './create-service'
import { deleteService } from './delete-service'
import { describeServices, listServices, listServicesByNamespace } from './read-services'
import { updateService } from './update-service'

/** The operations on services. */
export const serviceOperations = {
  CreateService: createService,
  DescribeServices: describeServices,
  ListServices: listServices,
  ListServicesByNamespace: listServicesByNamespace,
  UpdateService: updateService,
  DeleteService: deleteService,
}
