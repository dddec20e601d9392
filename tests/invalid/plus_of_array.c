int f(void)
{
    int a[3] = {0};
    return *+a; //~ ERROR FH1204
}
