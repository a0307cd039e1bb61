import { values } from '../../values/chart-definition.ts';
import { imageReference } from './image.ts';

/** The image of the agents, which the Job that cleans up after them has as well. */
export const routeAgentImage = imageReference('routeAgent', values.routeAgent.image);
