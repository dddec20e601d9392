struct s { int a : 3; } x;
unsigned long f(void)
{
    return sizeof x.a; //~ ERROR FH1204
}
