import {
  chart,
  choose,
  concat,
  type Expr,
  firstNonEmpty,
  isEmpty,
  isSet,
  named,
} from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';

interface ImageValues {
  readonly repository: Expr<string>;
  readonly tag: Expr<string>;
  readonly digest: Expr<string>;
}

const { imageRegistry } = values.global;

/**
 * The reference of an image: `[registry/]repository`, then `@digest` when there is one, else `:tag`.
 *
 * @param container name of the container, for the name of the helper.
 */
export function imageReference(container: string, image: ImageValues): Expr<string> {
  return named(`${container}Image`, `Image of the ${container} container.`, referenceOf(image));
}

function referenceOf(image: ImageValues): Expr<string> {
  return concat(
    choose(isEmpty(imageRegistry), '', concat(imageRegistry, '/')),
    image.repository,
    choose(
      isSet(image.digest),
      concat('@', image.digest),
      concat(':', firstNonEmpty(image.tag, chart.appVersion)),
    ),
  );
}
