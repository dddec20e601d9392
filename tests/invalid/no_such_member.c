struct s { int a; };
int f(struct s x)
{
    return x.b; //~ ERROR FH1212
}
