/* Planets pulling at each other: floating point over an array of structures. */
#include <math.h>
#include <stdio.h>

struct body {
    double x, y, z, vx, vy, vz, mass;
};

enum { BODIES = 5 };

static void advance(struct body *bodies, double dt)
{
    for (int i = 0; i < BODIES; i++) {
        struct body *a = &bodies[i];
        for (int j = i + 1; j < BODIES; j++) {
            struct body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double square = dx * dx + dy * dy + dz * dz;
            double pull = dt / (square * sqrt(square));
            a->vx -= dx * b->mass * pull;
            a->vy -= dy * b->mass * pull;
            a->vz -= dz * b->mass * pull;
            b->vx += dx * a->mass * pull;
            b->vy += dy * a->mass * pull;
            b->vz += dz * a->mass * pull;
        }
    }
    for (int i = 0; i < BODIES; i++) {
        bodies[i].x += dt * bodies[i].vx;
        bodies[i].y += dt * bodies[i].vy;
        bodies[i].z += dt * bodies[i].vz;
    }
}

static double energy(const struct body *bodies)
{
    double e = 0;
    for (int i = 0; i < BODIES; i++) {
        const struct body *b = bodies + i;
        e += 0.5 * b->mass * (b->vx * b->vx + b->vy * b->vy + b->vz * b->vz);
        for (int j = i + 1; j < BODIES; j++) {
            double dx = b->x - bodies[j].x, dy = b->y - bodies[j].y, dz = b->z - bodies[j].z;
            e -= b->mass * bodies[j].mass / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return e;
}

int main(void)
{
    struct body bodies[BODIES];
    for (int i = 0; i < BODIES; i++) {
        double angle = 1.3 * i, radius = 1.0 + 2.5 * i;
        bodies[i] = (struct body){radius * cos(angle), radius * sin(angle), 0.1 * i,
                                  -sin(angle) / (1 + i), cos(angle) / (1 + i), 0.01 * i,
                                  i ? 0.001 * i : 10.0};
    }
    printf("%.6f\n", energy(bodies));
    for (int step = 0; step < 1500000; step++)
        advance(bodies, 0.001);
    printf("%.6f\n", energy(bodies));
    return 0;
}
