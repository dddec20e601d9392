/* A stack machine that runs a small program: dispatch, operand stack, variables. */
#include <stdio.h>
#include <stdlib.h>

enum op { PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, LESS, JUMP, JUMP_IF_ZERO, HALT };

struct code {
    enum op op;
    int operand;
};

struct machine {
    long stack[64];
    long variables[8];
    int top;
    unsigned long steps;
};

static long run(struct machine *m, const struct code *program)
{
    const struct code *pc = program;
    for (;;) {
        m->steps++;
        switch (pc->op) {
        case PUSH:
            m->stack[m->top++] = pc->operand;
            break;
        case LOAD:
            m->stack[m->top++] = m->variables[pc->operand];
            break;
        case STORE:
            m->variables[pc->operand] = m->stack[--m->top];
            break;
        case ADD:
            m->top--;
            m->stack[m->top - 1] += m->stack[m->top];
            break;
        case SUB:
            m->top--;
            m->stack[m->top - 1] -= m->stack[m->top];
            break;
        case MUL:
            m->top--;
            m->stack[m->top - 1] *= m->stack[m->top];
            break;
        case MOD:
            m->top--;
            m->stack[m->top - 1] %= m->stack[m->top];
            break;
        case LESS:
            m->top--;
            m->stack[m->top - 1] = m->stack[m->top - 1] < m->stack[m->top];
            break;
        case JUMP:
            pc = program + pc->operand;
            continue;
        case JUMP_IF_ZERO:
            if (m->stack[--m->top] == 0) {
                pc = program + pc->operand;
                continue;
            }
            break;
        case HALT:
            return m->variables[1];
        }
        pc++;
    }
}

int main(void)
{
    /* sum = 0; for (i = 0; i < n; i = i + 1) sum = (sum + i * i) % 65521 */
    static const struct code program[] = {
        {PUSH, 0},  {STORE, 0}, {PUSH, 0}, {STORE, 1}, {LOAD, 0},     {LOAD, 2},  {LESS, 0},
        {JUMP_IF_ZERO, 21},     {LOAD, 1}, {LOAD, 0},  {LOAD, 0},     {MUL, 0},   {ADD, 0},
        {PUSH, 65521},          {MOD, 0},  {STORE, 1}, {LOAD, 0},     {PUSH, 1},  {ADD, 0},
        {STORE, 0}, {JUMP, 4},  {HALT, 0},
    };
    struct machine *m = calloc(1, sizeof *m);
    if (!m)
        return 1;
    m->variables[2] = 6000000;
    long answer = run(m, program);
    printf("%ld after %lu steps\n", answer, m->steps);
    free(m);
    return 0;
}
