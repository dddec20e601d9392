struct s { int a : 3; } x;
void *f(void)
{
    return &x.a; //~ ERROR FH1204
}
