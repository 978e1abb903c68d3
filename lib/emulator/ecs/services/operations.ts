import { createService } from './create-service'
import { deleteService } from './delete-service'
import { describeServices, listServices } from './read-services'
import { updateService } from './update-service'

/** The operations on services. */
export const serviceOperations = {
  CreateService: createService,
  DescribeServices: describeServices,
  ListServices: listServices,
  UpdateService: updateService,
  DeleteService: deleteService,
}
