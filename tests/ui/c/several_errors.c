// Each fault is reported once, and the rest of the file is still read.
struct point {
    int x, y;
};

static int f(struct point p)
{
    return p.z; //~ ERROR FH1212
}

static int g(void)
{
    return undeclared; //~ ERROR FH1201
}

int main(void)
{
    return f((struct point){1, 2}) + g(1); //~ ERROR FH1207
}
