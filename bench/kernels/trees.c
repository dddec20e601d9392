/* Allocate and release complete binary trees of many depths. */
#include <stdio.h>
#include <stdlib.h>

typedef struct tree {
    struct tree *left, *right;
} tree;

static tree *grow(int depth)
{
    tree *t = malloc(sizeof *t);
    if (!t)
        abort();
    if (depth == 0) {
        t->left = t->right = NULL;
    } else {
        t->left = grow(depth - 1);
        t->right = grow(depth - 1);
    }
    return t;
}

static int count(const tree *t)
{
    return t->left ? 1 + count(t->left) + count(t->right) : 1;
}

static void fell(tree *t)
{
    if (t->left) {
        fell(t->left);
        fell(t->right);
    }
    free(t);
}

int main(void)
{
    enum { DEEPEST = 16 };
    tree *kept = grow(DEEPEST);
    for (int depth = 4; depth <= DEEPEST; depth += 2) {
        int rounds = 1 << (DEEPEST - depth + 4);
        int nodes = 0;
        for (int i = 0; i < rounds; i++) {
            tree *t = grow(depth);
            nodes += count(t);
            fell(t);
        }
        printf("%d trees of depth %d: %d nodes\n", rounds, depth, nodes);
    }
    printf("kept: %d\n", count(kept));
    fell(kept);
    return 0;
}
