/**
 * Finds who reads a key: half-open intervals [lo, hi) of the keys of many indexes, and the question
 * which of them contain a given key.
 *
 * For each index a treap (a binary search tree, balanced by random priorities) ordered by `lo`, whose
 * nodes know the greatest `hi` below them: a subtree that ends before the key is left out as a whole.
 * A subtree that is entered beside the search path contains a hit, so intervals that do not match
 * cost nothing but the depth of the tree, however many there are.
 */

/** An interval that was added; only good for `remove`. */
export interface Handle {
  readonly index: number;
  readonly lo: string;
  readonly hi: string;
}

interface Node<T> extends Handle {
  readonly item: T;
  /** Tells intervals apart that begin at the same key. */
  readonly sequence: number;
  readonly priority: number;
  left: Node<T> | null;
  right: Node<T> | null;
  maxHi: string;
  removed: boolean;
}

type Tree<T> = Node<T> | null;

function precedes<T>(a: Node<T>, b: Node<T>): boolean {
  return a.lo === b.lo ? a.sequence < b.sequence : a.lo < b.lo;
}

function refresh<T>(node: Node<T>): Node<T> {
  let { hi } = node;
  if (node.left !== null && node.left.maxHi > hi) hi = node.left.maxHi;
  if (node.right !== null && node.right.maxHi > hi) hi = node.right.maxHi;
  node.maxHi = hi;
  return node;
}

/** Parts a tree into the nodes before `at` and those behind it. */
function split<T>(tree: Tree<T>, at: Node<T>): [Tree<T>, Tree<T>] {
  if (tree === null) return [null, null];
  if (precedes(tree, at)) {
    const [before, behind] = split(tree.right, at);
    tree.right = before;
    return [refresh(tree), behind];
  }
  const [before, behind] = split(tree.left, at);
  tree.left = behind;
  return [before, refresh(tree)];
}

/** Joins two trees of which the first precedes the second. */
function merge<T>(first: Tree<T>, second: Tree<T>): Tree<T> {
  if (first === null) return second;
  if (second === null) return first;
  if (first.priority > second.priority) {
    first.right = merge(first.right, second);
    return refresh(first);
  }
  second.left = merge(first, second.left);
  return refresh(second);
}

function insert<T>(tree: Tree<T>, node: Node<T>): Node<T> {
  if (tree === null) return node;
  if (node.priority > tree.priority) {
    [node.left, node.right] = split(tree, node);
    return refresh(node);
  }
  if (precedes(node, tree)) tree.left = insert(tree.left, node);
  else tree.right = insert(tree.right, node);
  return refresh(tree);
}

function without<T>(tree: Tree<T>, node: Node<T>): Tree<T> {
  if (tree === null) return null;
  if (tree === node) return merge(node.left, node.right);
  if (precedes(node, tree)) tree.left = without(tree.left, node);
  else tree.right = without(tree.right, node);
  return refresh(tree);
}

function search<T>(tree: Tree<T>, key: string, visit: (item: T) => void): number {
  let looked = 0;
  for (let node = tree; node !== null; node = node.right) {
    looked++;
    if (node.maxHi <= key) break;
    looked += search(node.left, key, visit);
    if (node.lo > key) break;
    if (node.hi > key) visit(node.item);
  }
  return looked;
}

/** Intervals with an item each; the same interval and item may be added many times. */
export class IntervalMap<T> {
  readonly #trees = new Map<number, Node<T>>();
  #size = 0;
  #sequence = 0;
  #random = 0x9e3779b9;

  /** Number of intervals. */
  get size(): number {
    return this.#size;
  }

  /** Adds [lo, hi) of an index, in O(log n). An interval with lo >= hi is kept, but contains nothing. */
  add(index: number, lo: string, hi: string, item: T): Handle {
    const node: Node<T> = {
      index,
      lo,
      hi,
      item,
      sequence: this.#sequence++,
      priority: this.#nextRandom(),
      left: null,
      right: null,
      maxHi: hi,
      removed: false,
    };
    this.#trees.set(index, insert(this.#trees.get(index) ?? null, node));
    this.#size++;
    return node;
  }

  /** Takes an interval of this map away, in O(log n); does nothing the second time. */
  remove(handle: Handle): void {
    const node = handle as Node<T>;
    if (node.removed) return;
    node.removed = true;
    const tree = without(this.#trees.get(node.index) ?? null, node);
    if (tree === null) this.#trees.delete(node.index);
    else this.#trees.set(node.index, tree);
    node.left = null;
    node.right = null;
    this.#size--;
  }

  /**
   * Visits the item of each interval that contains the key: lo <= key < hi. `visit` must not change
   * the map. Intervals that do not match cost O(log n) altogether, each hit at most O(log n).
   * Returns the number of nodes that it looked at.
   */
  stab(index: number, key: string, visit: (item: T) => void): number {
    return search(this.#trees.get(index) ?? null, key, visit);
  }

  /** xorshift32: only balances the trees. */
  #nextRandom(): number {
    let x = this.#random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x;
    return x;
  }
}
